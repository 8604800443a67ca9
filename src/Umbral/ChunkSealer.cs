namespace NuCypher.P2P.Umbral;

/// <summary>Seals a payload of any length chunk by chunk, in constant memory.</summary>
/// <remarks>
/// A stream is the header and then the sealed chunks, each 16 bytes longer than its plaintext. Every chunk but the last
/// is 65,536 bytes of plaintext; the last may be shorter, or empty. See docs/umbral.md. A format of its own, apart from
/// <see cref="ProxyReencryption.Encrypt"/>.
/// </remarks>
public sealed class ChunkSealer : IDisposable
{
    /// <summary>The size of every plaintext chunk but the last, in bytes.</summary>
    public const int ChunkSize = ChunkStream.ChunkSize;

    /// <summary>The size of the header in bytes.</summary>
    public const int HeaderSize = ChunkStream.HeaderSize;

    private readonly ChunkStream _stream;

    /// <summary>Starts a stream; draws 24 bytes.</summary>
    /// <param name="key">From an encapsulation.</param>
    /// <param name="algorithm">How to seal the chunks.</param>
    /// <param name="associatedData">What the opener must give too, such as the plain capsule.</param>
    /// <param name="random">For the header.</param>
    public ChunkSealer(DataKey key, AeadAlgorithm algorithm, ReadOnlySpan<byte> associatedData, RandomSource random) =>
        _stream = ChunkStream.Start(algorithm, key, associatedData, random);

    /// <summary>Writes the header, 32 bytes, that precedes the first chunk.</summary>
    public void WriteHeader(Span<byte> destination) => _stream.Header.CopyTo(destination);

    /// <summary>Seals the next chunk.</summary>
    /// <exception cref="ArgumentException">The chunk or the destination has the wrong size.</exception>
    /// <exception cref="InvalidOperationException">The last chunk was sealed before.</exception>
    public void Seal(ReadOnlySpan<byte> chunk, bool last, Span<byte> destination)
    {
        if (_stream.Closed)
            throw new InvalidOperationException("The stream has its last chunk.");
        if (chunk.Length > ChunkSize || (!last && chunk.Length < ChunkSize))
            throw new ArgumentException("Every chunk but the last is 65,536 bytes.", nameof(chunk));
        if (destination.Length != chunk.Length + Aead.TagSize)
            throw new ArgumentException("A sealed chunk is 16 bytes longer.", nameof(destination));
        _stream.Seal(chunk, last, destination);
    }

    /// <summary>Zeroes the key.</summary>
    public void Dispose() => _stream.Dispose();
}
