using NuCypher.P2P.Policy.Tests.Support;
using NuCypher.P2P.Policy.Ursula;

namespace NuCypher.P2P.Policy.Tests.Ursula;

public sealed class PolicyEventsTests
{
    public static TheoryData<int> Indexes => [.. Enumerable.Range(0, All.Length)];

    private static PolicyEvent[] All { get; } =
    [
        new PolicyArranged(Cast.PolicyId.Value, default, Cast.Version, Cast.Validity, Cast.Now),
        new ArrangementLapsed(Cast.Now),
        new KeyFragDeposited(
            Cast.PolicyId.Value, default, Cast.Version, Cast.Validity, Cast.Bob.VerifyingKey,
            Cast.Alice.PolicyKey(Cast.Label), default,
            new byte[ProxyKeys.StoredSize]),
        new PolicyRenewed(Cast.PolicyId.Value, Cast.Version, Cast.Validity),
        new PolicyRevoked(Cast.PolicyId, Cast.Version, Cast.Now, default, new byte[ProxyKeys.StoredNameSize]),
        new PolicyExpired(Cast.PolicyId, Cast.Version, Cast.Now, default, new byte[ProxyKeys.StoredNameSize]),
    ];

    [Theory, MemberData(nameof(Indexes))]
    public void TryRead_OwnBytes_GivesTheEventBack(int index)
    {
        var bytes = All[index].ToBytes();

        Assert.True(PolicyEvents.TryRead(All[index].Manifest, bytes, out var read));
        Assert.Equal(All[index].GetType(), read.GetType());
        Assert.Equal(bytes, read.ToBytes());
    }

    [Theory, MemberData(nameof(Indexes))]
    public void TryRead_OtherLengths_Refuses(int index)
    {
        var bytes = All[index].ToBytes();
        for (var length = 0; length < bytes.Length; length++)
            Assert.False(PolicyEvents.TryRead(All[index].Manifest, bytes.AsSpan(0, length), out _));
        Assert.False(PolicyEvents.TryRead(All[index].Manifest, [.. bytes, 0], out _));
        Assert.False(PolicyEvents.TryRead("unknown/1", bytes, out _));
    }
}
