using System.Buffers.Binary;
using System.Numerics;

namespace NuCypher.P2P.Umbral;

/// <summary>The key derivation of XChaCha20: 20 rounds of ChaCha without the final addition. Constant-time.</summary>
/// <remarks>Source: draft-irtf-cfrg-xchacha-03, section 2.2.</remarks>
internal static class HChaCha20
{
    /// <summary>Derives a key of 32 bytes from a key of 32 and the first 16 bytes of a nonce.</summary>
    public static void DeriveKey(ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, Span<byte> destination)
    {
        Span<uint> x = stackalloc uint[16];
        x[0] = 0x61707865;
        x[1] = 0x3320646E;
        x[2] = 0x79622D32;
        x[3] = 0x6B206574;
        for (var i = 0; i < 8; i++)
            x[4 + i] = BinaryPrimitives.ReadUInt32LittleEndian(key[(4 * i)..]);
        for (var i = 0; i < 4; i++)
            x[12 + i] = BinaryPrimitives.ReadUInt32LittleEndian(nonce[(4 * i)..]);
        for (var i = 0; i < 10; i++)
            DoubleRound(x);
        for (var i = 0; i < 4; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(destination[(4 * i)..], x[i]);
            BinaryPrimitives.WriteUInt32LittleEndian(destination[(16 + (4 * i))..], x[12 + i]);
        }
        x.Clear();
    }

    private static void DoubleRound(Span<uint> x)
    {
        for (var i = 0; i < 4; i++)
            QuarterRound(ref x[i], ref x[4 + i], ref x[8 + i], ref x[12 + i]);
        for (var i = 0; i < 4; i++)
            QuarterRound(ref x[i], ref x[4 + ((i + 1) & 3)], ref x[8 + ((i + 2) & 3)], ref x[12 + ((i + 3) & 3)]);
    }

    private static void QuarterRound(ref uint a, ref uint b, ref uint c, ref uint d)
    {
        a += b;
        d = BitOperations.RotateLeft(d ^ a, 16);
        c += d;
        b = BitOperations.RotateLeft(b ^ c, 12);
        a += b;
        d = BitOperations.RotateLeft(d ^ a, 8);
        c += d;
        b = BitOperations.RotateLeft(b ^ c, 7);
    }
}
