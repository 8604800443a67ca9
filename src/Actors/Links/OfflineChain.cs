using System.Security.Cryptography.X509Certificates;

namespace NuCypher.P2P.Actors.Links;

/// <summary>
/// How a certificate is looked at without asking anybody: nothing is fetched that it names, or whoever is on the path
/// could make a node call an address of his choice, behind its own firewall too, before the certificate is judged.
/// </summary>
public static class OfflineChain
{
    /// <summary>For a certificate that a pin decides about: no authority counts.</summary>
    public static X509ChainPolicy OfPin() => Of(X509ChainTrustMode.CustomRootTrust);

    /// <summary>For a certificate that the system's authorities vouch for: who serves must send all of its
    /// chain.</summary>
    public static X509ChainPolicy OfAuthorities() => Of(X509ChainTrustMode.System);

    private static X509ChainPolicy Of(X509ChainTrustMode trust) => new()
    {
        DisableCertificateDownloads = true,
        RevocationMode = X509RevocationMode.NoCheck,
        TrustMode = trust,
    };
}
