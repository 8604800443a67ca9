using BenchmarkDotNet.Attributes;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Benchmarks.Umbral;

/// <summary>What sealing 1 MiB takes: whole into a new array, whole into a buffer, and in chunks.</summary>
[MemoryDiagnoser]
public class BulkBenchmarks
{
    private readonly byte[] _payload = new byte[1 << 20];
    private readonly byte[] _sealed = new byte[ChunkSealer.ChunkSize + Aead.TagSize];
    private readonly byte[] _whole = new byte[(1 << 20) + Aead.Overhead(AeadAlgorithm.XChaCha20Poly1305)];
    private readonly DataKey _key = Key();

    [Params(AeadAlgorithm.XChaCha20Poly1305, AeadAlgorithm.Aes256Gcm)]
    public AeadAlgorithm Algorithm { get; set; }

    [Benchmark]
    public byte[] Seal() => Aead.Seal(Algorithm, _key, _payload, [], UmbralOperations.Random);

    [Benchmark]
    public void SealIntoBuffer() => Aead.Seal(
        Algorithm, _key, _payload, [], UmbralOperations.Random, _whole.AsSpan(
            0, _payload.Length + Aead.Overhead(Algorithm)));

    [Benchmark]
    public void SealChunks()
    {
        using var sealer = new ChunkSealer(_key, Algorithm, [], UmbralOperations.Random);
        for (var at = 0; at < _payload.Length; at += ChunkSealer.ChunkSize)
            sealer.Seal(
                _payload.AsSpan(at, ChunkSealer.ChunkSize), at + ChunkSealer.ChunkSize == _payload.Length, _sealed);
    }

    private static DataKey Key() =>
        DataKey.TryRead(new byte[DataKey.Size], out var key)
            ? key
            : throw new InvalidOperationException("A key of 32 bytes is one.");
}
