using System.Security.Cryptography;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy.Records;
using NuCypher.P2P.Policy.Tests.Support;
using NuCypher.P2P.Policy.Wire;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Policy.Tests.Records;

public sealed class TreasureMapTests
{
    private static readonly SignedRecord Record = RecordOf(20, 11);

    [Fact]
    public void TryOpen_ByBob_GivesTheMapBack()
    {
        var encrypted = Read(Record);

        Assert.True(encrypted.TryOpen(Cast.Bob.DecryptingKey, out var map, out _));
        Assert.Equal((11, Cast.Version, Cast.Validity), (map.Threshold, map.KeyFragVersion, map.Validity));
        Assert.Equal(Cast.Alice.PolicyKey(Cast.Label), map.PolicyKey);
        Assert.Equal(Ids(20), map.Ursulas);
        Assert.Equal(Cast.Alice.VerifyingKey, encrypted.Alice);
        Assert.Equal(TreasureMap.KeyOf(Cast.Alice.VerifyingKey, Cast.Hrac), Record.Key);
    }

    [Theory]
    [InlineData(1, 346)]
    [InlineData(20, 726)]
    [InlineData(TreasureMap.MaxUrsulas, 966)]
    public void ToRecord_AnyNumberOfUrsulas_FitsADatagram(int ursulas, int size) =>
        Assert.Equal(size, RecordOf(ursulas, 1).Bytes.Length);

    [Fact]
    public void ToRecord_OutOfRange_IsWrongUse()
    {
        Assert.Throws<ArgumentException>(() => RecordOf(TreasureMap.MaxUrsulas + 1, 1));
        Assert.Throws<ArgumentException>(() => RecordOf(3, 4));
        Assert.Throws<ArgumentException>(() => RecordOf(3, 0));
    }

    [Fact]
    [Trait("Row", "NW-06")]
    public void TryOpen_ByAnybodyElse_CannotOpen()
    {
        foreach (var other in new[] { Cast.Mallory, Cast.Ursula, Cast.Alice })
        {
            Assert.False(Read(Record).TryOpen(other.DecryptingKey, out _, out var refusal));
            Assert.Equal(DecodeRefusal.CannotOpen, refusal);
        }
    }

    [Fact]
    public void TryOpen_ByAliceWhoKnowsForWhom_GivesTheMapBack()
    {
        Assert.True(Read(Record).TryOpen(Cast.Alice.Signer, Cast.Bob.EncryptingKey, out var map, out _));
        Assert.Equal(Ids(20), map.Ursulas);
        Assert.False(Read(Record).TryOpen(Cast.Alice.Signer, Cast.Mallory.EncryptingKey, out _, out _));
        Assert.False(Read(Record).TryOpen(Cast.Mallory.Signer, Cast.Bob.EncryptingKey, out _, out _));
    }

    [Fact]
    public void ToRecord_ForTwoBobs_TellsNobodyWhoTheyAre()
    {
        byte[][] secrets =
        [
            Cast.Bob.VerifyingKey.ToBytes(), Cast.Bob.EncryptingKey.ToBytes(),
            Cast.Alice.PolicyKey(Cast.Label).ToBytes(), Ids(1)[0].ToBytes(),
        ];

        Assert.All(secrets, secret => Assert.True(Record.Bytes.Span.IndexOf(secret) < 0));
    }

    [Fact]
    public void TryOpen_PublishedByMalloryAsHerOwn_IsRefused()
    {
        var stolen = SignedRecord.Create(
            RecordKind.TreasureMap, Cast.Mallory.VerifyingKey.ToBytes(), Record.Topic.Span, 1, Record.NotAfter,
            Record.Body.Span,
            RecordSignatures.By(Cast.Mallory.Signer, Cast.Random()));

        Assert.False(Read(stolen).TryOpen(Cast.Bob.DecryptingKey, out _, out var refusal));
        Assert.Equal(DecodeRefusal.CannotOpen, refusal);
    }

    [Fact]
    public void TryOpen_InnerSignatureBySomebodyElse_IsRefused()
    {
        var map = new TreasureMap(1, Cast.Version, Cast.Validity, Cast.Alice.PolicyKey(Cast.Label), Ids(2));
        var body = EncryptedTreasureMap.Seal(
            map, Cast.Mallory.Signer, Cast.Bob.EncryptingKey, Cast.Hrac, Cast.Random());
        var record = SignedRecord.Create(
            RecordKind.TreasureMap, Cast.Mallory.VerifyingKey.ToBytes(), Cast.Hrac.Value.ToBytes(), 1,
            Cast.Validity.NotAfter, body,
            RecordSignatures.By(Cast.Mallory.Signer, Cast.Random()));

        Assert.True(Read(record).TryOpen(Cast.Bob.DecryptingKey, out _, out _));
        Assert.NotEqual(TreasureMap.KeyOf(Cast.Alice.VerifyingKey, Cast.Hrac), record.Key);
    }

    [Theory]
    [InlineData("", DecodeRefusal.None)]
    [InlineData("signed by another", DecodeRefusal.BadSignature)]
    [InlineData("signed for another Bob", DecodeRefusal.BadSignature)]
    [InlineData("signed for another policy", DecodeRefusal.BadSignature)]
    public void TryOpen_InnerSignature_MustBeAlicesForThisBobAndPolicy(string fault, DecodeRefusal expected)
    {
        var signer = fault == "signed by another" ? Cast.Mallory.Signer : Cast.Alice.Signer;
        var bob = (fault == "signed for another Bob" ? Cast.Mallory : Cast.Bob).EncryptingKey;
        var hrac = fault == "signed for another policy" ? default : Cast.Hrac;
        var fields = new FieldWriter();
        new TreasureMap(1, Cast.Version, Cast.Validity, Cast.Alice.PolicyKey(Cast.Label), Ids(2)).Write(fields);
        byte[] signed = [.. hrac.Value.ToBytes(), .. bob.ToBytes(), .. fields.ToArray()];
        var signature = signer.Sign(DomainHash.Message("NuCypher.P2P/treasure-map", signed), Cast.Random());

        var opens = Read(SealedByHand([.. fields.ToArray(), .. signature.ToBytes()]))
            .TryOpen(Cast.Bob.DecryptingKey, out _, out var refusal);

        Assert.Equal(expected, refusal);
        Assert.Equal(expected == DecodeRefusal.None, opens);
    }

    [Fact]
    public void TryRead_OtherLengthsAndFlippedBits_AreRefused()
    {
        Hostile.RefusesOtherLengths(Record.Bytes.ToArray(), Opens);
        Hostile.RefusesFlippedBits(Record.Bytes.ToArray(), Opens, most: 400);
    }

    [Fact]
    public void TryRead_DamagedBodyUnderAGoodRecord_IsRefused()
    {
        var body = Record.Body.ToArray();
        Hostile.RefusesOtherLengths(body, damaged => OpensBody(damaged));
        Hostile.RefusesFlippedBits(
            body, damaged => damaged.AsSpan(6, 2).SequenceEqual(body.AsSpan(6, 2)) && OpensBody(damaged), most: 300);
    }

    [Fact]
    public void TryRead_NodeRecord_IsNotForThis()
    {
        var node = NodeRecordTests.Sample.ToRecord(Cast.Ursula.Signer, 1, Cast.Now.AddDays(1), Cast.Random());
        Assert.True(node.TryVerify(RecordSignatures.Verify, out var verified));

        Assert.False(EncryptedTreasureMap.TryRead(verified, out _, out var refusal));
        Assert.Equal(DecodeRefusal.NotForThis, refusal);
    }

    [Theory]
    [InlineData("", DecodeRefusal.None)]
    [InlineData("an Ursula twice", DecodeRefusal.Malformed)]
    [InlineData("a byte more", DecodeRefusal.TrailingBytes)]
    [InlineData("threshold above the Ursulas", DecodeRefusal.Malformed)]
    [InlineData("no threshold", DecodeRefusal.Malformed)]
    public void TryOpen_SignedFieldsThatAreNoMap_AreRefused(string fault, DecodeRefusal expected)
    {
        var ids = fault == "an Ursula twice" ? [.. Ids(1), .. Ids(1)] : Ids(2);
        var threshold = fault switch { "threshold above the Ursulas" => 3, "no threshold" => 0, _ => 1 };
        var fields = new FieldWriter();
        new TreasureMap(threshold, Cast.Version, Cast.Validity, Cast.Alice.PolicyKey(Cast.Label), ids).Write(fields);
        if (fault == "a byte more")
            fields.Byte(0);
        byte[] signed = [.. Cast.Hrac.Value.ToBytes(), .. Cast.Bob.EncryptingKey.ToBytes(), .. fields.ToArray()];
        var signature = Cast.Alice.Signer.Sign(DomainHash.Message("NuCypher.P2P/treasure-map", signed), Cast.Random());

        Read(SealedByHand([.. fields.ToArray(), .. signature.ToBytes()]))
            .TryOpen(Cast.Bob.DecryptingKey, out _, out var refusal);

        Assert.Equal(expected, refusal);
    }

    [Theory, InlineData("Alice"), InlineData("hrac")]
    public void TryOpen_SealedForAnotherPlace_CannotOpen(string other)
    {
        var alice = other == "Alice" ? Cast.Mallory : Cast.Alice;
        Hrac hrac = other == "hrac" ? default : Cast.Hrac;
        var moved = SignedRecord.Create(
            RecordKind.TreasureMap, alice.VerifyingKey.ToBytes(), hrac.Value.ToBytes(), 1, Cast.Validity.NotAfter,
            Record.Body.Span, RecordSignatures.By(alice.Signer, Cast.Random()));

        Assert.False(Read(moved).TryOpen(Cast.Bob.DecryptingKey, out _, out var refusal));
        Assert.Equal(DecodeRefusal.CannotOpen, refusal);
    }

    // As docs/protocol-objects.md says.
    private static SignedRecord SealedByHand(byte[] plain)
    {
        using var shared = KeyAgreement.Agree(Cast.Bob.DecryptingKey, Cast.Alice.VerifyingKey);
        var secret = new byte[DataKey.Size];
        shared.WriteSecret(secret);
        Assert.True(
            DataKey.TryRead(
                HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, 32, [], "NuCypher.P2P/map-key"u8.ToArray()),
                out var key));
        var place = new FieldWriter().Prefixed("NuCypher.P2P/sealed-map"u8)
            .Key(Cast.Alice.VerifyingKey).Digest(Cast.Hrac.Value).ToArray();
        byte[] body =
        [
            .. "TrMp\0\u0002\0\0"u8,
            .. Aead.Seal(AeadAlgorithm.XChaCha20Poly1305, key, plain, place, Cast.Random()),
        ];
        return SignedRecord.Create(
            RecordKind.TreasureMap, Cast.Alice.VerifyingKey.ToBytes(), Cast.Hrac.Value.ToBytes(), 1, Cast.Now, body,
            RecordSignatures.By(Cast.Alice.Signer, Cast.Random()));
    }

    private static bool OpensBody(byte[] body) => body.Length <= SignedRecord.MaxBodySize(
        RecordKind.TreasureMap, 32) && Opens(
        SignedRecord.Create(
            RecordKind.TreasureMap, Cast.Alice.VerifyingKey.ToBytes(), Cast.Hrac.Value.ToBytes(), 1, Cast.Now, body,
            RecordSignatures.By(Cast.Alice.Signer, Cast.Random())).Bytes.ToArray());

    private static bool Opens(byte[] bytes) =>
        SignedRecord.TryRead(bytes, out var record)
        && record.TryVerify(RecordSignatures.Verify, out var verified)
        && EncryptedTreasureMap.TryRead(verified, out var map, out _)
        && map.TryOpen(Cast.Bob.DecryptingKey, out _, out _);

    private static EncryptedTreasureMap Read(SignedRecord record)
    {
        Assert.True(record.TryVerify(RecordSignatures.Verify, out var verified));
        Assert.True(EncryptedTreasureMap.TryRead(verified, out var map, out _));
        return map;
    }

    private static SignedRecord RecordOf(int ursulas, int threshold) =>
        new TreasureMap(threshold, Cast.Version, Cast.Validity, Cast.Alice.PolicyKey(Cast.Label), Ids(ursulas))
            .ToRecord(Cast.Alice.Signer, Cast.Bob.BobCard, Cast.Hrac, Cast.Version, Cast.Random());

    private static NodeId[] Ids(int count)
    {
        var random = new Random(5);
        return [.. Enumerable.Range(0, count).Select(_ => NodeId.Random(random))];
    }
}
