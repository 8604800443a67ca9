namespace NuCypher.P2P.Dht;

/// <summary>A value kept for others.</summary>
/// <param name="Encoded">As MessagePack, in its shortest form.</param>
/// <param name="Record">The record that it is; null for a plain value.</param>
/// <param name="Source">Who sent it first.</param>
/// <param name="ExpiresAt">When it is forgotten.</param>
internal sealed record StoredValue(byte[] Encoded, VerifiedRecord? Record, NodeAddress Source, DateTimeOffset ExpiresAt)
{
    /// <summary>Whether it is a plain nil, which others take for no value.</summary>
    public bool IsNil => Encoded[0] == 0xC0;
}
