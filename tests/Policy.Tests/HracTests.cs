using NuCypher.P2P.Policy.Tests.Support;

namespace NuCypher.P2P.Policy.Tests;

public sealed class HracTests
{
    [Fact]
    public void Of_AnyOtherInput_GivesAnotherName()
    {
        Hrac[] names =
        [
            Cast.Hrac,
            Hrac.Of(Cast.Mallory.VerifyingKey, Cast.Bob.VerifyingKey, Cast.Label),
            Hrac.Of(Cast.Alice.VerifyingKey, Cast.Mallory.VerifyingKey, Cast.Label),
            Hrac.Of(Cast.Bob.VerifyingKey, Cast.Alice.VerifyingKey, Cast.Label),
            Hrac.Of(Cast.Alice.VerifyingKey, Cast.Bob.VerifyingKey, PolicyLabel.Parse("holiday/photo")),
        ];

        Assert.Equal(names.Length, names.Distinct().Count());
        Assert.Equal(Cast.Hrac, Hrac.Of(Cast.Alice.VerifyingKey, Cast.Bob.VerifyingKey, Cast.Label));
    }

    [Fact]
    public void PolicyId_SameHracOfAnotherAlice_IsAnother() =>
        Assert.NotEqual(Cast.PolicyId, PolicyId.Of(Cast.Mallory.VerifyingKey, Cast.Hrac));
}
