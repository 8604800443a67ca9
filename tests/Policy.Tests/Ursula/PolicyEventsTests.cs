using NuCypher.P2P.Policy.Rules;
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

    [Fact]
    public void TryRead_DepositWithRules_GivesThemBackAndRefusesKeysThatAreNoPoints()
    {
        var deposited = (KeyFragDeposited)All[2] with
        {
            Rules = new PolicyRules([new Validity(Cast.Now, Cast.Now.AddMinutes(5))]),
        };
        var bytes = deposited.ToBytes();

        Assert.True(PolicyEvents.TryRead(deposited.Manifest, bytes, out var read));
        Assert.Equal(deposited.Rules, ((KeyFragDeposited)read).Rules);
        foreach (var field in new[]
        {
            deposited.Bob.ToBytes(), deposited.PolicyKey.ToBytes(), deposited.Rules.ToBytes(),
        })
        {
            var altered = bytes.ToArray();
            altered[bytes.AsSpan().IndexOf(field)] = 0xFF;
            Assert.False(PolicyEvents.TryRead(deposited.Manifest, altered, out _));
        }
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
