using NuCypher.P2P.Actors.Facts;
using NuCypher.P2P.Actors.Tests.Links;

namespace NuCypher.P2P.Actors.Tests.Facts;

public sealed class HostAnswersTests
{
    [Fact]
    [Trait("Row", "SE-15")]
    public async Task Get_CertificateThatNamesAnIssuersAddress_AsksNobodyButTheHost()
    {
        using var trap = new IssuerTrap();
        var served = trap.ServeOnceAsync();
        using var hosts = new HostAnswers(new FactOptions { AllowPrivate = true }, trust: null);

        var answer = await hosts.GetAsync($"https://{trap.Address}/x", TestContext.Current.CancellationToken);
        await served;

        Assert.Null(answer);
        Assert.False(trap.WasIssuerAsked);
    }
}
