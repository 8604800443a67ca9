using NuCypher.P2P.Policy.Tests.Support;

namespace NuCypher.P2P.Policy.Tests.Ursula;

/// <summary>
/// The Ursula's side must not be able to decrypt: read from the compiled methods, calls of calls included.
/// </summary>
public sealed class UrsulaArchitectureTests
{
    private const string Umbral = "NuCypher.P2P.Umbral.ProxyReencryption.";
    private static readonly string[] Decrypting =
        [Umbral + "DecryptOriginal", Umbral + "DecryptReencrypted", Umbral + "DecapsulateReencrypted"];

    private static readonly CallGraph Graph = CallGraph.Of("NuCypher.P2P.Policy.dll");

    [Fact]
    [Trait("Row", "PO-10")]
    public void UrsulaNamespace_AllItCanReach_HasNoDecryption()
    {
        var reached = Graph.ReachedFrom(
            method => method.StartsWith("NuCypher.P2P.Policy.Ursula.", StringComparison.Ordinal));

        Assert.Contains(Umbral + "Reencrypt", reached);
        Assert.DoesNotContain(reached, method => Decrypting.Contains(method));
        Assert.DoesNotContain(
            reached, method => method.StartsWith("NuCypher.P2P.Policy.Kits.", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Row", "PO-10")]
    public void UrsulaNamespace_OpensNothingButKeyFrags()
    {
        var opening = Graph.CallersOf(Umbral + "DecapsulateOriginal")
            .Where(caller => !caller.StartsWith("NuCypher.P2P.Policy.Kits.", StringComparison.Ordinal));

        // a call over UDP is opened by her door, not by her, as TLS is over HTTPS
        const string SealedCall = "NuCypher.P2P.Policy.Mediation.SealedCall.TryOpen";
        Assert.Equal(["NuCypher.P2P.Policy.Messages.SealedKeyFrag.TryOpen", SealedCall], opening);
        var reached = Graph.ReachedFrom(
            method => method.StartsWith("NuCypher.P2P.Policy.Ursula.", StringComparison.Ordinal));
        Assert.DoesNotContain("NuCypher.P2P.Policy.Records.EncryptedTreasureMap.TryOpen", reached);
        Assert.DoesNotContain(SealedCall, reached);
    }

    [Fact]
    public void KitsNamespace_Reaches_BothWaysOfOpening()
    {
        var reached = Graph.ReachedFrom(
            method => method.StartsWith("NuCypher.P2P.Policy.Kits.", StringComparison.Ordinal));

        Assert.Contains(Umbral + "DecapsulateOriginal", reached);
        Assert.Contains(Umbral + "DecapsulateReencrypted", reached);
    }
}
