using NuCypher.P2P.Policy.Tests.Support;

namespace NuCypher.P2P.Policy.Tests;

public sealed class HracTests
{
    [Fact]
    public void HracFor_AliceAndBob_ComputeTheSame() =>
        Assert.Equal(
            Cast.Alice.HracFor(Cast.Bob.BobCard, Cast.Label), Cast.Bob.HracFrom(Cast.Alice.VerifyingKey, Cast.Label));

    [Fact]
    public void HracFor_AnyOtherInput_GivesAnother()
    {
        var mixed = Cast.Bob.BobCard with { VerifyingKey = Cast.Mallory.VerifyingKey };
        Hrac[] names =
        [
            Cast.Hrac,
            Cast.Mallory.HracFor(Cast.Bob.BobCard, Cast.Label),
            Cast.Alice.HracFor(Cast.Mallory.BobCard, Cast.Label),
            Cast.Alice.HracFor(mixed, Cast.Label),
            Cast.Bob.HracFor(Cast.Alice.BobCard, Cast.Label),
            Cast.Alice.HracFor(Cast.Bob.BobCard, PolicyLabel.Parse("holiday/photo")),
        ];

        Assert.Equal(names.Length, names.Distinct().Count());
    }

    [Fact]
    public void HracFrom_SomebodyWhoGuessesAliceBobAndLabel_ComputesAnother()
    {
        using var guess = Umbral.KeyAgreement.Agree(Cast.Mallory.DecryptingKey, Cast.Alice.VerifyingKey);

        Assert.NotEqual(Cast.Hrac, Hrac.Of(guess, Cast.Alice.VerifyingKey, Cast.Bob.BobCard, Cast.Label));
        Assert.NotEqual(Cast.Hrac, Cast.Mallory.HracFrom(Cast.Alice.VerifyingKey, Cast.Label));
    }

    [Fact]
    public void Orders_ToUrsula_DontTellTheHrac()
    {
        byte[][] all =
        [
            Orders.Signed(Orders.Proposal(), Cast.Alice), Orders.Signed(Orders.Deposit(), Cast.Alice),
            Orders.Signed(Orders.Renewal(Cast.Version, Cast.Validity), Cast.Alice),
            Orders.Signed(Orders.Revocation(Cast.Version), Cast.Alice),
        ];

        Assert.All(all, bytes => Assert.True(bytes.AsSpan().IndexOf(Cast.Hrac.Value.ToBytes()) < 0));
        Assert.All(all, bytes => Assert.True(bytes.AsSpan().IndexOf(Cast.Hrac.Name.Value.ToBytes()) > 0));
    }

    [Fact]
    public void PolicyId_SameNameOfAnotherAlice_IsAnother() =>
        Assert.NotEqual(Cast.PolicyId, PolicyId.Of(Cast.Mallory.VerifyingKey, Cast.Hrac));
}
