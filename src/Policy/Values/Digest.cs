using System.Buffers.Binary;

namespace NuCypher.P2P.Policy;

/// <summary>A SHA-256 value: 32 bytes, compared by value, not secret.</summary>
public readonly record struct Digest
{
    /// <summary>The size in bytes.</summary>
    public const int Size = 32;

    private readonly UInt128 _high;
    private readonly UInt128 _low;

    private Digest(UInt128 high, UInt128 low) => (_high, _low) = (high, low);

    /// <summary>Reads exactly 32 bytes.</summary>
    /// <exception cref="ArgumentException">Another number of bytes.</exception>
    public static Digest Read(ReadOnlySpan<byte> bytes) =>
        TryRead(bytes, out var digest) ? digest : throw new ArgumentException("A digest is 32 bytes.", nameof(bytes));

    /// <summary>Reads exactly 32 bytes; false for any other number.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out Digest digest)
    {
        digest = default;
        if (bytes.Length != Size)
            return false;
        digest = new(BinaryPrimitives.ReadUInt128BigEndian(bytes), BinaryPrimitives.ReadUInt128BigEndian(bytes[16..]));
        return true;
    }

    /// <summary>Writes 32 bytes to the start of the destination.</summary>
    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt128BigEndian(destination, _high);
        BinaryPrimitives.WriteUInt128BigEndian(destination[16..], _low);
    }

    /// <summary>The 32 bytes.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[Size];
        Write(bytes);
        return bytes;
    }

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public override string ToString() => Convert.ToHexStringLower(ToBytes());
}
