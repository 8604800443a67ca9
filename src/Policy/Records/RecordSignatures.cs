using NuCypher.P2P.Dht;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Policy.Records;

/// <summary>Gives the Dht, which knows no curve, the signatures that its records need.</summary>
public static class RecordSignatures
{
    /// <summary>Checks a record's signature; a <see cref="SignatureVerifier"/>. Never throws.</summary>
    public static bool Verify(
        ReadOnlySpan<byte> verifyingKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        VerifyingKey.TryRead(verifyingKey, out var key)
        && Signature.TryRead(signature, out var read)
        && key.Verify(message, read);

    /// <summary>Signs records with a participant's key.</summary>
    public static RecordSigner By(Signer signer, RandomSource random) =>
        message => signer.Sign(message, random).ToBytes();
}
