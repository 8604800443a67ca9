using NuCypher.P2P.Policy.Kits;
using NuCypher.P2P.Policy.Tests.Support;
using NuCypher.P2P.Policy.Wire;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Policy.Tests.Kits;

public sealed class StreamedKitTests
{
    private const int Chunk = ChunkSealer.ChunkSize;

    public static TheoryData<int> Sizes =>
        [
            0, 1, 63, 64, 65, Chunk - 99, Chunk - 98, Chunk - 97, Chunk - 34, Chunk - 1,
            Chunk, Chunk + 1, (2 * Chunk) - 34, 3 * Chunk,
        ];

    [Theory, MemberData(nameof(Sizes))]
    [Trait("Row", "CR-03")]
    public void Finish_WholeKit_GivesPayloadAndAuthor(int size)
    {
        var payload = Bytes(size);

        foreach (var (author, isPublic) in new[] { (null, false), (Cast.Bob.Signer, false), (Cast.Bob.Signer, true) })
        {
            var kit = Seal(payload, author, pieces: 10_000, isPublic: isPublic);
            Assert.Equal(KitOpening.Opened, Open(kit, 7_777, out var opened, out var found));
            Assert.Equal(payload, opened);
            Assert.Equal(author?.VerifyingKey, found);
            Assert.True(StreamedKit.TryRead(HeadOf(kit), out var head, out _));
            Assert.Equal(size, head.PayloadSizeOf(kit.Length - HeadOf(kit).Length));
        }
    }

    [Theory]
    [InlineData(15, -1, -1, -1)]
    [InlineData(16, 0, -1, -1)]
    [InlineData(16 + 64, 64, -1, 0)]
    [InlineData(16 + 96, 96, -1, 32)]
    [InlineData(16 + 97, 97, 0, 33)]
    [InlineData(Chunk + 16, Chunk, Chunk - 97, Chunk - 64)]
    [InlineData(Chunk + 16 + 15, -1, -1, Chunk - 49)]
    [InlineData(Chunk + 16 + 16, Chunk, Chunk - 97, Chunk - 48)]
    public void PayloadSizeOf_SoManyBytes_IsWhatAKitOfThatSizeHoldsOrNone(
        long rest, long plain, long signedInside, long signedPublicly)
    {
        long[] sizes = [.. new[] { (null, false), (Cast.Bob.Signer, false), (Cast.Bob.Signer, true) }.Select(how =>
        {
            var kit = Seal([], how.Item1, pieces: 1, isPublic: how.Item2);
            Assert.True(StreamedKit.TryRead(HeadOf(kit), out var head, out _));
            return head.PayloadSizeOf(rest);
        })];

        Assert.Equal([plain, signedInside, signedPublicly], sizes);
    }

    [Fact]
    public void TryRead_NewerMinorVersionOrAnotherLength_IsRefused()
    {
        var head = HeadOf(Seal([], null, pieces: 1));
        var newer = head.ToArray();
        newer[7]++;

        Assert.Equal(DecodeRefusal.UnknownVersion, RefusalOf(newer));
        Assert.Equal(DecodeRefusal.TooShort, RefusalOf(head[..^1]));
        Assert.Equal(DecodeRefusal.TrailingBytes, RefusalOf([.. head, 0]));

        static DecodeRefusal RefusalOf(byte[] bytes)
        {
            Assert.False(StreamedKit.TryRead(bytes, out _, out var refusal));
            return refusal;
        }
    }

    [Fact]
    public void TryAppend_SecondChunkForgedInTheSamePiece_GivesNothingOut()
    {
        var kit = Seal(Bytes(3 * Chunk), null, pieces: Chunk);
        kit[HeadOf(kit).Length + Chunk + 16 + 5] ^= 1;
        using var key = Cast.Alice.DelegatingKey(Cast.Label);
        Assert.True(StreamedKit.TryRead(HeadOf(kit), out var head, out _));
        Assert.True(head.TryOpenOriginal(key, out var opener));

        using (opener)
        {
            Assert.False(opener.TryAppend(kit.AsSpan(HeadOf(kit).Length), out var payload));
            Assert.Empty(payload);
        }
    }

    [Fact]
    public void Finish_AnyPieces_SameBytes()
    {
        var payload = Bytes(Chunk * 2);
        foreach (var isPublic in new[] { false, true })
        {
            var kit = Seal(payload, Cast.Bob.Signer, pieces: 1000, isPublic: isPublic);
            Assert.Equal(kit, Seal(payload, Cast.Bob.Signer, pieces: Chunk * 5, isPublic: isPublic));
            foreach (var pieces in new[] { 7, 100, Chunk, Chunk + 16, kit.Length })
            {
                Assert.Equal(KitOpening.Opened, Open(kit, pieces, out var opened, out _));
                Assert.Equal(payload, opened);
            }
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
            [
                .. kit[..head], .. kit[(head + one)..(head + (2 * one))],
                .. kit[head..(head + one)], .. kit[(head + (2 * one))..],
            ],
            [.. kit[..(head + one)], .. kit[head..]],
        ];

        Assert.All(damaged, bytes => Assert.NotEqual(KitOpening.Opened, Open(bytes, Chunk, out _, out _)));
    }

    [Theory, InlineData(false), InlineData(true)]
    public void Finish_FlippedBits_CannotOpen(bool isPublic)
    {
        var kit = Seal(Bytes(50), Cast.Bob.Signer, pieces: 50, isPublic: isPublic);

        Hostile.RefusesFlippedBits(kit, bytes => Open(bytes, 1000, out _, out _) == KitOpening.Opened);
        Hostile.RefusesOtherLengths(kit, bytes => Open(bytes, 1000, out _, out _) == KitOpening.Opened);
    }

    [Theory, InlineData(false), InlineData(true)]
    public void TryRead_HeadOfAnotherLength_IsRefused(bool isPublic) => Hostile.RefusesOtherLengths(
        HeadOf(Seal([], Cast.Bob.Signer, 1, isPublic: isPublic)), head => StreamedKit.TryRead(head, out _, out _));

    [Fact]
    public void IsFor_PolicyKeyOfTheKit_IsTrueForItAlone()
    {
        Assert.True(StreamedKit.TryRead(HeadOf(Seal([], null, 1)), out var one, out _));
        Assert.True(StreamedKit.TryRead(HeadOf(Seal([], null, 1, seed: 8)), out var two, out _));

        Assert.True(one.IsFor(Cast.Alice.PolicyKey(Cast.Label)));
        Assert.False(one.IsFor(Cast.Alice.PolicyKey(PolicyLabel.Parse("other"))));
        Assert.False(one.IsFor(Cast.Bob.PolicyKey(Cast.Label)));
        Assert.False(one.KeyHint.Span.SequenceEqual(two.KeyHint.Span)); // two kits of one label can't be linked by it
    }

    [Fact]
    [Trait("Row", "CR-14")]
    public void Signing_ThreeModes_StandInTheHead()
    {
        KitSigning SigningOf(Signer? author, bool isPublic) =>
            StreamedKit.TryRead(HeadOf(Seal([], author, 1, isPublic: isPublic)), out var kit, out _)
            ? kit.Signing
            : default;

        Assert.Equal(KitSigning.None, SigningOf(null, false));
        Assert.Equal(KitSigning.Inside, SigningOf(Cast.Bob.Signer, false));
        Assert.Equal(KitSigning.Public, SigningOf(Cast.Bob.Signer, true));
    }

    [Fact]
    [Trait("Row", "CR-14")]
    public void CheckSignature_PublicAuthor_IsCheckedWithoutAKey()
    {
        var kit = Seal(Bytes(70_000), Cast.Bob.Signer, Chunk, isPublic: true);

        Assert.True(IsTrulySigned(kit));
        Hostile.RefusesFlippedBits(kit, IsTrulySigned, most: 60);
        Assert.False(IsTrulySigned(kit[..^1]));
        Assert.False(IsTrulySigned([.. kit, 0]));
        Assert.False(IsTrulySigned(Seal(Bytes(10), Cast.Bob.Signer, Chunk)));
    }

    [Fact]
    public void Finish_PublicAuthorPutInTheOthersPlace_CannotOpen()
    {
        var kit = Seal(Bytes(50), Cast.Bob.Signer, 50, isPublic: true);
        const int key = StreamedKit.StartSize + 8;
        byte[] stolen =
            [.. kit[..key], .. Cast.Mallory.VerifyingKey.ToBytes(), .. kit[(key + VerifyingKey.Size)..^Signature.Size]];
        using var hash = PublicSignature.StartHash(stolen);
        stolen = [.. stolen, .. Cast.Mallory.Signer.Sign(PublicSignature.SignedPart(hash), Cast.Random()).ToBytes()];

        Assert.True(IsTrulySigned(stolen));
        // the chunks are bound to the name of their author
        Assert.Equal(KitOpening.CannotOpen, Open(stolen, 1000, out _, out _));
    }

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
        byte[] content = [.. Cast.Bob.VerifyingKey.ToBytes(), .. "payload"u8, .. signature.ToBytes()];

        Assert.Equal(expected, Open(SealContent(policyKey, content), 1000, out _, out var author));
        Assert.Equal(forged ? null : Cast.Bob.VerifyingKey, author);
    }

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 2, 1, 1 })]
    public void Finish_ContentWithoutAuthorsPart_IsMalformed(byte[] content) => Assert.Equal(
        KitOpening.Malformed, Open(SealContent(Cast.Alice.PolicyKey(Cast.Label), content), 1000, out _, out _));

    [Fact]
    public void TryOpen_CommitmentToAnotherKey_CannotOpen()
    {
        var policyKey = Cast.Alice.PolicyKey(Cast.Label);

        Assert.Equal(KitOpening.Malformed, Open(SealContent(policyKey, [0, 1]), 1000, out _, out _));
        Assert.Equal(
            KitOpening.CannotOpen,
            Open(SealContent(policyKey, [0, 1], new byte[KeyCommitment.Size]), 1000, out _, out _));
    }

    [Fact]
    public void Append_AfterFinish_IsWrongUse()
    {
        using var sealer = new KitSealer(
            Cast.Alice.PolicyKey(Cast.Label), null, AeadAlgorithm.XChaCha20Poly1305, Cast.Random());
        sealer.Finish();

        Assert.Throws<InvalidOperationException>(() => sealer.Append([1]));
        Assert.Throws<InvalidOperationException>(() => sealer.Finish());
    }

    [Fact]
    [Trait("Row", "CR-03")]
    public void Append_LongPayload_HoldsNoMoreThanAChunk()
    {
        using var sealer = new KitSealer(
            Cast.Alice.PolicyKey(Cast.Label), null, AeadAlgorithm.Aes256Gcm, Cast.Random());
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

    private static byte[] HeadOf(byte[] kit) => kit[..StreamedKit.HeadSizeOf(kit)];

    private static bool IsTrulySigned(byte[] kit)
    {
        var size = StreamedKit.HeadSizeOf(kit);
        if (!StreamedKit.TryRead(kit.AsSpan(0, size), out var head, out _) || head.CheckSignature() is not { } check)
            return false;
        using (check)
        {
            foreach (var piece in kit[size..].Chunk(1000))
                check.Append(piece);
            return check.Finish();
        }
    }

    private static byte[] Seal(byte[] payload, Signer? author, int pieces, int seed = 7, bool isPublic = false)
    {
        using var sealer = new KitSealer(
            Cast.Alice.PolicyKey(Cast.Label), author, AeadAlgorithm.XChaCha20Poly1305, Cast.Random(seed), isPublic);
        List<byte> kit = [.. sealer.Head.Span];
        foreach (var piece in payload.Chunk(pieces))
            kit.AddRange(sealer.Append(piece));
        kit.AddRange(sealer.Finish());
        return [.. kit];
    }

    /// <summary>A kit that says that it is signed inside, with any content.</summary>
    private static byte[] SealContent(PublicKey policyKey, byte[] content, byte[]? commitment = null)
    {
        var head = KitHead.Create(
            StreamedKit.Header, policyKey, KitSigning.Inside, null, Cast.Random(), out var key).Bytes.ToArray();
        commitment?.CopyTo(head, KitHead.Size - KeyCommitment.Size);
        using var chunks = new ChunkSealer(key, AeadAlgorithm.XChaCha20Poly1305, head, Cast.Random());
        var (header, chunk) = (new byte[ChunkSealer.HeaderSize], new byte[content.Length + Aead.TagSize]);
        chunks.WriteHeader(header);
        chunks.Seal(content, last: true, chunk);
        return [.. head, .. header, .. chunk];
    }

    private static KitOpening Open(byte[] kit, int pieces, out byte[] payload, out VerifyingKey? author)
    {
        (payload, author) = ([], null);
        using var key = Cast.Alice.DelegatingKey(Cast.Label);
        if (kit.Length < StreamedKit.StartSize || kit.Length < StreamedKit.HeadSizeOf(kit)
            || !StreamedKit.TryRead(HeadOf(kit), out var head, out DecodeRefusal _)
            || !head.TryOpenOriginal(key, out var opener))
            return KitOpening.CannotOpen;
        using (opener)
        {
            List<byte> opened = [];
            foreach (var piece in kit[HeadOf(kit).Length..].Chunk(pieces))
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
