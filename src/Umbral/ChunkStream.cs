using System.Buffers.Binary;
using System.Security.Cryptography;

namespace NuCypher.P2P.Umbral;

/// <summary>What sealer and opener of a stream share: header, stream key, nonces, and which chunk comes next.</summary>
/// <remarks>
/// Header, 32 bytes: <c>4e 55 43 53</c> ("NUCS"), version <c>01</c>, algorithm, <c>10</c> (chunks of 2¹⁶ bytes),
/// <c>00</c>, 24 random bytes. Stream key: HKDF-SHA-256 of the data key, salt = the header, info = <c>NuCypher.P2P
/// stream</c> ‖ SHA-256 of the associated data. Nonce: zeros, the chunk's index as 8 big-endian bytes, and 01 for the
/// last chunk, else 00. Source: the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár (2015).
/// </remarks>
internal sealed class ChunkStream : IDisposable
{
    public const int HeaderSize = 32;
    public const int ChunkSize = 1 << 16;

    private static readonly byte[] Brand = [0x4E, 0x55, 0x43, 0x53, 1];

    private readonly SecretBytes _key = new(DataKey.Size);
    private readonly AeadCipher _cipher;
    private readonly int _nonceSize;
    private ulong _next;

    private ChunkStream(
        AeadAlgorithm algorithm, ReadOnlySpan<byte> header, DataKey key, ReadOnlySpan<byte> associatedData)
    {
        Header = [.. header];
        _nonceSize = Aead.NonceSize(algorithm);
        byte[] info = [.. "NuCypher.P2P stream"u8, .. SHA256.HashData(associatedData)];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key.Bytes, _key.Span, header, info);
        _cipher = AeadCipher.Create(algorithm, _key);
    }

    public byte[] Header { get; }

    /// <summary>Whether the last chunk has passed, or one has failed: nothing more may come.</summary>
    public bool Closed { get; private set; }

    public static ChunkStream Start(
        AeadAlgorithm algorithm, DataKey key, ReadOnlySpan<byte> associatedData, RandomSource random)
    {
        Span<byte> header = [.. Brand, (byte)algorithm, 16, 0, .. new byte[24]];
        random.Fill(header[8..]);
        return new ChunkStream(algorithm, header, key, associatedData);
    }

    public static ChunkStream? Resume(ReadOnlySpan<byte> header, DataKey key, ReadOnlySpan<byte> associatedData)
    {
        var canonical = header.Length == HeaderSize && header.StartsWith(Brand) && header[6] == 16 && header[7] == 0;
        return canonical && Enum.IsDefined((AeadAlgorithm)header[5])
            ? new ChunkStream((AeadAlgorithm)header[5], header, key, associatedData)
            : null;
    }

    public void Seal(ReadOnlySpan<byte> chunk, bool last, Span<byte> destination)
    {
        Span<byte> nonce = stackalloc byte[24];
        _cipher.Seal(NextNonce(nonce, last), chunk, default, destination[..chunk.Length], destination[chunk.Length..]);
    }

    public bool TryOpen(ReadOnlySpan<byte> chunk, bool last, Span<byte> destination)
    {
        Span<byte> nonce = stackalloc byte[24];
        var body = chunk[..^Aead.TagSize];
        var opened = _cipher.TryOpen(NextNonce(nonce, last), body, chunk[^Aead.TagSize..], default, destination);
        Closed |= !opened;
        return opened;
    }

    /// <summary>Refuses every later chunk.</summary>
    public void Close() => Closed = true;

    public void Dispose()
    {
        _cipher.Dispose();
        _key.Dispose();
    }

    private Span<byte> NextNonce(Span<byte> nonce, bool last)
    {
        nonce.Clear();
        nonce = nonce[.._nonceSize];
        BinaryPrimitives.WriteUInt64BigEndian(nonce[^9..], _next++);
        nonce[^1] = last ? (byte)1 : (byte)0;
        Closed |= last;
        return nonce;
    }
}
