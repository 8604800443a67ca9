namespace NuCypher.P2P.Dht;

/// <summary>Checks a signature; this project references no curve. Must not throw, whatever the bytes are.</summary>
/// <param name="verifyingKey">33 bytes, compressed point, SEC 1; perhaps not a point at all.</param>
/// <param name="message">What was signed.</param>
/// <param name="signature">64 bytes, r and s.</param>
/// <returns>Whether the key is one and the signature is its.</returns>
public delegate bool SignatureVerifier(
    ReadOnlySpan<byte> verifyingKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature);
