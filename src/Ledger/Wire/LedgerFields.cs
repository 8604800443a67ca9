using System.Buffers.Binary;
using NuCypher.P2P.Policy.Wire;

namespace NuCypher.P2P.Ledger.Wire;

/// <summary>The fields that only the ledger's objects have: numbers of 8 and amounts of 16 bytes, big-endian.</summary>
internal static class LedgerFields
{
    /// <summary>Appends 8 bytes.</summary>
    public static FieldWriter Number(this FieldWriter writer, ulong value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
        return writer.Bytes(bytes);
    }

    /// <summary>Appends 16 bytes.</summary>
    public static FieldWriter Amount(this FieldWriter writer, UInt128 value)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, value);
        return writer.Bytes(bytes);
    }

    /// <summary>Reads 8 bytes.</summary>
    public static ulong Number(this ref FieldReader reader) => BinaryPrimitives.ReadUInt64BigEndian(reader.Bytes(8));

    /// <summary>Reads 16 bytes.</summary>
    public static UInt128 Amount(this ref FieldReader reader) =>
        BinaryPrimitives.ReadUInt128BigEndian(reader.Bytes(16));
}
