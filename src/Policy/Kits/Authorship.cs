using System.Security.Cryptography;
using NuCypher.P2P.Policy.Wire;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Policy.Kits;

/// <summary>
/// The author's part of a plaintext that is signed inside: a key before the payload, the signature behind it.
/// </summary>
/// <remarks>
/// Verifying key (33) before, signature (64) behind, over
/// <c>be32(length) ‖ "NuCypher.P2P/authorship" ‖ SHA-256(policy key ‖ payload)</c>. Inside the encryption, so that
/// nobody who can't read the payload can test who wrote it; over the policy key, so that a reader can't turn it to
/// another policy.
/// </remarks>
internal static class Authorship
{
    public static IncrementalHash StartHash(PublicKey policyKey)
    {
        var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(policyKey.ToBytes());
        return hash;
    }

    public static byte[] SignedPart(IncrementalHash payload) =>
        DomainHash.Message(DomainTags.Authorship, Digest.Read(payload.GetHashAndReset()));
}
