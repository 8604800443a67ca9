namespace NuCypher.P2P.Umbral.Tests;

public sealed class ChunkStreamTests
{
    private static int _streams;

    private const int Full = ChunkSealer.ChunkSize + Aead.TagSize;

    public static TheoryData<AeadAlgorithm> Algorithms => [.. Enum.GetValues<AeadAlgorithm>()];

    [Theory, MemberData(nameof(Algorithms))]
    public void TryOpen_StreamsOfAnyLength_GiveThePayload(AeadAlgorithm algorithm)
    {
        const int chunk = ChunkSealer.ChunkSize;
        foreach (var length in new[] { 0, 1, chunk - 1, chunk, (2 * chunk) + 5 })
        {
            var payload = new byte[length];
            new SeededRandom(length).Fill(payload);
            var (header, chunks) = Seal(algorithm, payload);

            var opened = Open(header, chunks, [9], out var completed);

            Assert.True(completed);
            Assert.Equal(payload, opened);
        }
    }

    [Theory, MemberData(nameof(Algorithms))]
    public void TryOpen_StreamsTamperedWith_NeverComplete(AeadAlgorithm algorithm)
    {
        var (header, chunks) = Seal(algorithm, new byte[(2 * ChunkSealer.ChunkSize) + 100]);
        var (otherHeader, other) = Seal(algorithm, new byte[(2 * ChunkSealer.ChunkSize) + 100]);
        byte[][][] tampered =
        [
            [chunks[1], chunks[0], chunks[2]], // reordered
            [chunks[0], chunks[0], chunks[2]], // repeated
            [chunks[0], chunks[2]], // one left out
            [chunks[0], chunks[1]], // truncated
            [chunks[0], chunks[1], chunks[2], chunks[2]], // extended
            [chunks[0], other[1], chunks[2]], // of another stream
            [chunks[0], chunks[1], chunks[2][..^1]], // a byte short
            [chunks[0], chunks[1], [.. chunks[2], 0]], // a byte long
            [[]], // no tag
            [],
        ];

        foreach (var sequence in tampered)
        {
            Open(header, sequence, [9], out var completed);
            Assert.False(completed);
        }
        Open(otherHeader, chunks, [9], out var withOtherHeader);
        Open(header, chunks, [8], out var withOtherData);
        Assert.False(withOtherHeader || withOtherData);
    }

    [Theory, MemberData(nameof(Algorithms))]
    public void Seal_EqualChunksOfOneStream_DifferEachTime(AeadAlgorithm algorithm)
    {
        var (_, chunks) = Seal(algorithm, new byte[8 * ChunkSealer.ChunkSize]);

        Assert.Equal(8, chunks.Select(Convert.ToHexString).Distinct().Count());
    }

    [Fact]
    public void TryOpen_AfterAFailure_RefusesTheRightChunkToo()
    {
        var (header, chunks) = Seal(AeadAlgorithm.Aes256Gcm, new byte[10]);
        var key = Key();
        Assert.True(ChunkOpener.TryCreate(key, header, [9], out var opener));
        var wrong = (byte[])chunks[0].Clone();
        wrong[0] ^= 1;
        var plaintext = new byte[10];

        Assert.False(opener.TryOpen(wrong, last: true, plaintext));
        Assert.False(opener.TryOpen(chunks[0], last: true, plaintext));
        Assert.False(opener.Completed);
    }

    [Fact]
    public void TryCreate_HeaderChanged_IsFalseOrOpensNothing()
    {
        var (header, chunks) = Seal(AeadAlgorithm.ChaCha20Poly1305, new byte[10]);
        for (var bit = 0; bit < header.Length * 8; bit++)
        {
            var bytes = (byte[])header.Clone();
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));

            Open(bytes, chunks, [9], out var completed);

            Assert.False(completed);
        }
        Assert.False(ChunkOpener.TryCreate(Key(), header.AsSpan(1), [9], out _));
    }

    [Fact]
    public void Seal_WrongSizesOrAfterTheLast_IsWrongUse()
    {
        using var sealer = new ChunkSealer(Key(), AeadAlgorithm.ChaCha20Poly1305, [], new SeededRandom(1));

        Assert.Throws<ArgumentException>(() => sealer.Seal(new byte[5], last: false, new byte[21]));
        Assert.Throws<ArgumentException>(
            () => sealer.Seal(new byte[ChunkSealer.ChunkSize + 1], last: true, new byte[Full + 1]));
        Assert.Throws<ArgumentException>(() => sealer.Seal(new byte[5], last: true, new byte[20]));
        sealer.Seal(new byte[5], last: true, new byte[21]);
        Assert.Throws<InvalidOperationException>(() => sealer.Seal(new byte[5], last: true, new byte[21]));
    }

    private static (byte[] Header, byte[][] Chunks) Seal(AeadAlgorithm algorithm, byte[] payload)
    {
        using var sealer = new ChunkSealer(Key(), algorithm, [9], new SeededRandom(_streams++));
        var header = new byte[ChunkSealer.HeaderSize];
        sealer.WriteHeader(header);
        var chunks = payload.Chunk(ChunkSealer.ChunkSize).DefaultIfEmpty([]).ToArray();
        for (var i = 0; i < chunks.Length; i++)
        {
            var sealedChunk = new byte[chunks[i].Length + Aead.TagSize];
            sealer.Seal(chunks[i], i == chunks.Length - 1, sealedChunk);
            chunks[i] = sealedChunk;
        }
        return (header, chunks);
    }

    private static byte[] Open(byte[] header, byte[][] chunks, byte[] associatedData, out bool completed)
    {
        completed = false;
        if (!ChunkOpener.TryCreate(Key(), header, associatedData, out var opener))
            return [];
        var opened = new List<byte>();
        for (var i = 0; i < chunks.Length; i++)
        {
            var plaintext = new byte[Math.Max(0, chunks[i].Length - Aead.TagSize)];
            if (!opener.TryOpen(chunks[i], i == chunks.Length - 1, plaintext))
                return [];
            opened.AddRange(plaintext);
        }
        completed = opener.Completed;
        return [.. opened];
    }

    private static DataKey Key()
    {
        Assert.True(DataKey.TryRead(new byte[DataKey.Size], out var key));
        return key;
    }
}
