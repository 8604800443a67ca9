using System.Diagnostics.CodeAnalysis;

namespace NuCypher.P2P.Umbral;

/// <summary>
/// Opens a payload that a <see cref="ChunkSealer"/> sealed; refuses truncation, extension, reordering and repeats.
/// </summary>
/// <remarks>
/// A stream counts as whole only once <see cref="Completed"/> is true; until then its end may be missing.
/// </remarks>
public sealed class ChunkOpener : IDisposable
{
    private readonly ChunkStream _stream;

    private ChunkOpener(ChunkStream stream) => _stream = stream;

    /// <summary>True once the last chunk has been opened.</summary>
    public bool Completed { get; private set; }

    /// <summary>Reads a stream's header, 32 bytes; false if it is not one.</summary>
    public static bool TryCreate(
        DataKey key, ReadOnlySpan<byte> header, ReadOnlySpan<byte> associatedData,
        [NotNullWhen(true)] out ChunkOpener? opener)
    {
        var stream = ChunkStream.Resume(header, key, associatedData);
        opener = stream is null ? null : new ChunkOpener(stream);
        return opener is not null;
    }

    /// <summary>Opens the next chunk into as many bytes less 16; after one failure every chunk fails.</summary>
    /// <param name="sealedChunk">At most 65,552 bytes, and exactly that unless it is the last.</param>
    /// <param name="last">That no byte follows it.</param>
    /// <param name="destination">Holds at least 16 bytes less than the sealed chunk.</param>
    /// <returns>False if the chunk was changed, or is another one than the next of this stream.</returns>
    public bool TryOpen(ReadOnlySpan<byte> sealedChunk, bool last, Span<byte> destination)
    {
        const int Full = ChunkSealer.ChunkSize + Aead.TagSize;
        var sized = sealedChunk.Length is >= Aead.TagSize and <= Full && (last || sealedChunk.Length == Full);
        if (!sized)
            _stream.Close();
        if (_stream.Closed || !_stream.TryOpen(sealedChunk, last, destination[..(sealedChunk.Length - Aead.TagSize)]))
            return false;
        Completed = last;
        return true;
    }

    /// <summary>Zeroes the key.</summary>
    public void Dispose() => _stream.Dispose();
}
