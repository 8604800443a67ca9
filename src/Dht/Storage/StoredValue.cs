namespace NuCypher.P2P.Dht;

/// <summary>A value kept for others.</summary>
/// <param name="Plain">A plain value as MessagePack, in its shortest form; empty for a record.</param>
/// <param name="Record">The record that it is; null for a plain value.</param>
/// <param name="Source">Who sent it first.</param>
/// <param name="ExpiresAt">When it is forgotten.</param>
/// <param name="IsProven">Whether the source's address is proven; else it is kept apart, for a short while.</param>
internal sealed record StoredValue(
    byte[] Plain, VerifiedRecord? Record, NodeAddress Source, DateTimeOffset ExpiresAt, bool IsProven = true)
{
    /// <summary>Whether it is a plain nil, which others take for no value.</summary>
    public bool IsNil => Plain is [MessagePackCode.Nil];

    /// <summary>Bytes of the record or of the plain value.</summary>
    public int Size => Record?.Bytes.Length ?? Plain.Length;

    /// <summary>The value as MessagePack; a record is kept once and wrapped when it is asked for.</summary>
    public byte[] Encode() => Record is null ? Plain : ValueStore.Encode(Record);
}
