using System.Security.Cryptography;
using NuCypher.P2P.Umbral.Curve;

namespace NuCypher.P2P.Umbral;

/// <summary>The nonces of signatures: RFC 6979 with HMAC-SHA-256 and additional data (section 3.6).</summary>
internal static class DeterministicNonce
{
    private const int Size = SHA256.HashSizeInBytes;

    /// <summary>The first candidate from 1 to n − 1. Constant-time, but for the number of candidates.</summary>
    public static Scalar Derive(in Scalar key, ReadOnlySpan<byte> digest, ReadOnlySpan<byte> hedge)
    {
        Span<byte> k = stackalloc byte[Size];
        Span<byte> seed = stackalloc byte[Size + 1 + (3 * Size)];
        var v = seed[..Size];
        k.Clear();
        v.Fill(1);
        key.Write(seed[(Size + 1)..]);
        Scalar.ReadReduced(digest).Write(seed[((2 * Size) + 1)..]);
        hedge.CopyTo(seed[((3 * Size) + 1)..]);
        Update(k, seed, v, 0);
        Update(k, seed, v, 1);
        var nonce = Candidate(k, seed[..(Size + 1)], v);
        CryptographicOperations.ZeroMemory(k);
        CryptographicOperations.ZeroMemory(seed);
        return nonce;
    }

    private static Scalar Candidate(Span<byte> k, Span<byte> seed, Span<byte> v)
    {
        while (true)
        {
            HmacSha256.Hash(k, v, v);
            if (Scalar.TryRead(v, out var nonce) && !nonce.IsZero)
                return nonce;
            Update(k, seed, v, 0);
        }
    }

    private static void Update(Span<byte> k, Span<byte> seed, Span<byte> v, byte separator)
    {
        seed[Size] = separator;
        HmacSha256.Hash(k, seed, k);
        HmacSha256.Hash(k, v, v);
    }
}
