using System.Diagnostics;
using System.Security.Cryptography;

namespace NuCypher.P2P.Umbral;

/// <summary>HMAC-SHA-256 for keys and messages of known small sizes, from two one-shot hashes.</summary>
internal static class HmacSha256
{
    private const int Block = 64;
    private const int MaxMessage = 192;

    /// <summary>Hashes a message of at most 192 bytes under a key of 32 bytes; the destination may be either.</summary>
    public static void Hash(ReadOnlySpan<byte> key, ReadOnlySpan<byte> message, Span<byte> destination)
    {
        Debug.Assert(key.Length <= Block && message.Length <= MaxMessage);
        Span<byte> inner = stackalloc byte[Block + MaxMessage];
        Span<byte> outer = stackalloc byte[Block + SHA256.HashSizeInBytes];
        Pad(key, inner, 0x36);
        Pad(key, outer, 0x5C);
        message.CopyTo(inner[Block..]);
        SHA256.HashData(inner[..(Block + message.Length)], outer[Block..]);
        SHA256.HashData(outer, destination);
        CryptographicOperations.ZeroMemory(inner);
        CryptographicOperations.ZeroMemory(outer);
    }

    private static void Pad(ReadOnlySpan<byte> key, Span<byte> block, byte pad)
    {
        block[..Block].Fill(pad);
        for (var i = 0; i < key.Length; i++)
            block[i] ^= key[i];
    }
}
