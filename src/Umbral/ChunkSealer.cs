namespace NuCypher.P2P.Umbral;

/// <summary>Seals a long payload chunk by chunk.</summary>
public sealed class ChunkSealer : IDisposable
{
    /// <summary>The size of every plaintext chunk but the last, in bytes.</summary>
    public const int ChunkSize = 65_536;

    /// <summary>The size of the header in bytes.</summary>
    public const int HeaderSize = 32;

    /// <summary>Starts a stream; draws its random prefix.</summary>
    public ChunkSealer(DataKey key, AeadAlgorithm algorithm, ReadOnlySpan<byte> associatedData, RandomSource random) => throw new NotImplementedException();

    /// <summary>Writes the header that precedes the first chunk.</summary>
    public void WriteHeader(Span<byte> destination) => throw new NotImplementedException();

    /// <summary>Seals the next chunk into chunk length + 16 bytes.</summary>
    public void Seal(ReadOnlySpan<byte> chunk, bool last, Span<byte> destination) => throw new NotImplementedException();

    /// <summary>Zeroes the key.</summary>
    public void Dispose() => throw new NotImplementedException();
}
