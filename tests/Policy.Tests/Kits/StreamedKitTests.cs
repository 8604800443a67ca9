using NuCypher.P2P.Policy.Kits;
using NuCypher.P2P.Policy.Tests.Support;
using NuCypher.P2P.Policy.Wire;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Policy.Tests.Kits;

public sealed class StreamedKitTests
{
    private const int Chunk = ChunkSealer.ChunkSize;

    public static TheoryData<int> Sizes =>
        [0, 1, 63, 64, 65, Chunk - 99, Chunk - 98, Chunk - 97, Chunk - 34, Chunk - 1, Chunk, Chunk + 1, (2 * Chunk) - 34, 3 * Chunk];

    [Theory, MemberData(nameof(Sizes))]
    [Trait("Row", "CR-03")]
    public void Finish_WholeKit_GivesPayloadAndAuthor(int size)
    {
        var payload = Bytes(size);

        foreach (var author in new[] { null, Cast.Bob.Signer })
        {
            var kit = Seal(payload, author, pieces: 10_000);
            Assert.Equal(KitOpening.Opened, Open(kit, 7_777, out var opened, out var found));
            Assert.Equal(payload, opened);
            Assert.Equal(author?.VerifyingKey, found);
        }
    }

    [Fact]
    public void Finish_AnyPieces_SameBytes()
    {
        var payload = Bytes(Chunk * 2);
        var kit = Seal(payload, Cast.Bob.Signer, pieces: 1000);

        Assert.Equal(kit, Seal(payload, Cast.Bob.Signer, pieces: Chunk * 5));
        foreach (var pieces in new[] { 100, Chunk, Chunk + 16, kit.Length })
        {
            Assert.Equal(KitOpening.Opened, Open(kit, pieces, out var opened, out _));
            Assert.Equal(payload, opened);
        }
    }

    [Fact]
    public void Finish_CutReorderedOrLonger_CannotOpen()
    {
        var kit = Seal(Bytes(3 * Chunk), Cast.Bob.Signer, pieces: Chunk);
        const int head = StreamedKit.HeadSize;
        const int one = Chunk + Aead.TagSize;
        byte[][] damaged =
        [
            kit[..^1], kit[..(head + one)], kit[..(head + (2 * one))], kit[..head], [.. kit, 0],
            [.. kit[..head], .. kit[(head + one)..(head + (2 * one))], .. kit[head..(head + one)], .. kit[(head + (2 * one))..]],
            [.. kit[..(head + one)], .. kit[head..]],
        ];

        Assert.All(damaged, bytes => Assert.NotEqual(KitOpening.Opened, Open(bytes, Chunk, out _, out _)));
    }

    [Fact]
    public void Finish_FlippedBits_CannotOpen()
    {
        var kit = Seal(Bytes(50), Cast.Bob.Signer, pieces: 50);

        Hostile.RefusesFlippedBits(kit, bytes => Open(bytes, 1000, out _, out _) == KitOpening.Opened);
    }

    [Fact]
    public void TryRead_HeadOfAnotherLength_IsRefused() =>
        Hostile.RefusesOtherLengths(Seal([], null, 1)[..StreamedKit.HeadSize], head => StreamedKit.TryRead(head, out _, out _));

    [Fact]
    public void TryOpen_ChunksUnderTheHeadOfAnotherKit_CannotOpen()
    {
        var (one, other) = (Seal(Bytes(50), null, 50), Seal(Bytes(50), null, 50, seed: 99));
        byte[] mixed = [.. one[..StreamedKit.HeadSize], .. other[StreamedKit.HeadSize..]];

        Assert.Equal(KitOpening.CannotOpen, Open(mixed, 1000, out _, out _));
    }

    [Theory]
    [InlineData(false, KitOpening.Opened)]
    [InlineData(true, KitOpening.BadSignature)]
    public void Finish_SignedBySomebodyElseThanItSays_IsRefused(bool forged, KitOpening expected)
    {
        var policyKey = Cast.Alice.PolicyKey(Cast.Label);
        using var hash = Authorship.StartHash(policyKey);
        hash.AppendData("payload"u8);
        var signature = (forged ? Cast.Mallory : Cast.Bob).Signer.Sign(Authorship.SignedPart(hash), Cast.Random());
        byte[] content = [.. Authorship.Prologue(Cast.Bob.VerifyingKey), .. "payload"u8, .. signature.ToBytes()];

        Assert.Equal(expected, Open(SealContent(policyKey, content), 1000, out _, out var author));
        Assert.Equal(forged ? null : Cast.Bob.VerifyingKey, author);
    }

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 2, 1, 1 })]
    [InlineData(new byte[] { 1, 1, 1 })]
    public void Finish_ContentWithoutAuthorsPart_IsMalformed(byte[] content) => Assert.Equal(
        KitOpening.Malformed, Open(SealContent(Cast.Alice.PolicyKey(Cast.Label), content), 1000, out _, out _));

    [Fact]
    public void TryOpen_CommitmentToAnotherKey_CannotOpen()
    {
        var policyKey = Cast.Alice.PolicyKey(Cast.Label);

        Assert.Equal(KitOpening.Opened, Open(SealContent(policyKey, [0, 1]), 1000, out _, out _));
        Assert.Equal(KitOpening.CannotOpen, Open(SealContent(policyKey, [0, 1], new byte[32]), 1000, out _, out _));
    }

    [Fact]
    public void Append_AfterFinish_IsWrongUse()
    {
        using var sealer = new KitSealer(Cast.Alice.PolicyKey(Cast.Label), null, AeadAlgorithm.XChaCha20Poly1305, Cast.Random());
        sealer.Finish();

        Assert.Throws<InvalidOperationException>(() => sealer.Append([1]));
        Assert.Throws<InvalidOperationException>(() => sealer.Finish());
    }

    [Fact]
    [Trait("Row", "CR-03")]
    public void Append_LongPayload_HoldsNoMoreThanAChunk()
    {
        using var sealer = new KitSealer(Cast.Alice.PolicyKey(Cast.Label), null, AeadAlgorithm.Aes256Gcm, Cast.Random());
        var (piece, sealedBytes, taken) = (Bytes(5000), 0, 0);
        for (var i = 0; i < 200; i++)
        {
            sealedBytes += sealer.Append(piece).Length;
            taken += piece.Length;
            Assert.True(taken - sealedBytes <= Chunk);
        }
    }

    private static byte[] Bytes(int size)
    {
        var bytes = new byte[size];
        new Random(size).NextBytes(bytes);
        return bytes;
    }

    private static byte[] Seal(byte[] payload, Signer? author, int pieces, int seed = 7)
    {
        using var sealer = new KitSealer(
            Cast.Alice.PolicyKey(Cast.Label), author, AeadAlgorithm.XChaCha20Poly1305, Cast.Random(seed));
        List<byte> kit = [.. sealer.Head.Span];
        foreach (var piece in payload.Chunk(pieces))
            kit.AddRange(sealer.Append(piece));
        kit.AddRange(sealer.Finish());
        return [.. kit];
    }

    private static byte[] SealContent(PublicKey policyKey, byte[] content, byte[]? commitment = null)
    {
        var (capsule, key) = ProxyReencryption.Encapsulate(policyKey, Cast.Random());
        byte[] bound = [.. Seal([], null, 1).AsSpan(0, 8), .. capsule.ToBytes(), .. (commitment ?? KeyCommitment.To(key).ToBytes())];
        using var chunks = new ChunkSealer(key, AeadAlgorithm.XChaCha20Poly1305, bound, Cast.Random());
        var (header, chunk) = (new byte[ChunkSealer.HeaderSize], new byte[content.Length + Aead.TagSize]);
        chunks.WriteHeader(header);
        chunks.Seal(content, last: true, chunk);
        return [.. bound, .. header, .. chunk];
    }

    private static KitOpening Open(byte[] kit, int pieces, out byte[] payload, out VerifyingKey? author)
    {
        (payload, author) = ([], null);
        using var key = Cast.Alice.DelegatingKey(Cast.Label);
        if (kit.Length < StreamedKit.HeadSize
            || !StreamedKit.TryRead(kit.AsSpan(0, StreamedKit.HeadSize), out var head, out DecodeRefusal _)
            || !head.TryOpenOriginal(key, out var opener))
            return KitOpening.CannotOpen;
        using (opener)
        {
            List<byte> opened = [];
            foreach (var piece in kit[StreamedKit.HeadSize..].Chunk(pieces))
            {
                opener.TryAppend(piece, out var some);
                opened.AddRange(some);
            }

            var verdict = opener.Finish(out var rest, out author);
            payload = [.. opened, .. rest];
            return verdict;
        }
    }
}
