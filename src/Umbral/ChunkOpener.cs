using System.Diagnostics.CodeAnalysis;

namespace NuCypher.P2P.Umbral;

/// <summary>Opens a long payload chunk by chunk; refuses truncation, extension, reordering and duplication.</summary>
public sealed class ChunkOpener : IDisposable
{
    /// <summary>Reads a stream's header.</summary>
    public static bool TryCreate(
        DataKey key, ReadOnlySpan<byte> header, ReadOnlySpan<byte> associatedData, [NotNullWhen(true)] out ChunkOpener? opener) =>
        throw new NotImplementedException();

    /// <summary>Opens the next chunk into sealed length − 16 bytes; <paramref name="last"/> says that no byte follows it.</summary>
    public bool TryOpen(ReadOnlySpan<byte> sealedChunk, bool last, Span<byte> destination) => throw new NotImplementedException();

    /// <summary>True once the last chunk has been opened.</summary>
    public bool Completed => throw new NotImplementedException();

    /// <summary>Zeroes the key.</summary>
    public void Dispose() => throw new NotImplementedException();
}
