namespace NuCypher.P2P.Umbral;

/// <summary>The constant bytes of an encoding and where they stand: MessagePack arrays and byte strings.</summary>
internal sealed class WireLayout(int size, params (int Offset, byte[] Bytes)[] constants)
{
    /// <summary>The header of a point, 33 bytes.</summary>
    public static readonly byte[] Point = [0xC4, 33];

    /// <summary>The header of a scalar or an id, 32 bytes.</summary>
    public static readonly byte[] Scalar = [0xC4, 32];

    /// <summary>The header of a signature, 64 bytes.</summary>
    public static readonly byte[] Signature = [0xC4, 64];

    /// <summary>Whether the length and every constant byte are right.</summary>
    public ReadVerdict Check(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != size)
            return ReadVerdict.WrongLength;
        foreach (var (offset, expected) in constants)
        {
            if (!bytes.Slice(offset, expected.Length).SequenceEqual(expected))
                return ReadVerdict.WrongHeader;
        }
        return ReadVerdict.Ok;
    }

    /// <summary>Writes every constant byte.</summary>
    public void Write(Span<byte> destination)
    {
        foreach (var (offset, bytes) in constants)
            bytes.CopyTo(destination[offset..]);
    }
}
