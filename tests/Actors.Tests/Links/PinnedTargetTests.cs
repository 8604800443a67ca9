using System.Security.Cryptography;
using NuCypher.P2P.Actors.Links;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Services;

namespace NuCypher.P2P.Actors.Tests.Links;

/// <summary>Whom a pinned connection talks to: the target, and nobody whom its certificate names.</summary>
public sealed class PinnedTargetTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Theory, InlineData(true), InlineData(false)]
    [Trait("Row", "SE-15")]
    public async Task Call_CertificateThatNamesAnIssuersAddress_AsksNobodyButTheTarget(bool isPinned)
    {
        using var trap = new IssuerTrap();
        var served = trap.ServeOnceAsync();
        var system = ActorSystem.Create("pins");
        var link = system.ActorOf(ActorProps.Of(() => new HttpsLinkActor(new HttpsLinkOptions())));
        var pin = SHA256.HashData(trap.Certificate.RawDataMemory.Span);
        pin[0] ^= isPinned ? (byte)0 : (byte)1;

        var answer = await link.Ask<ServiceAnswer>(
            new ServiceCall(
                1, new ServiceAddress(
                    "127.0.0.1", (ushort)trap.Address.Port,
                    Digest.Read(pin)), ServiceKind.Renew, "x"u8.ToArray(), Limit),
            Limit,
            TestContext.Current.CancellationToken);
        await served;
        await system.Terminate();

        Assert.Equal(isPinned ? ServiceStatus.Ok : ServiceStatus.PinMismatch, answer.Status);
        Assert.False(trap.WasIssuerAsked);
    }
}
