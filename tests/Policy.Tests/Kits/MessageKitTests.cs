using NuCypher.P2P.Policy.Kits;
using NuCypher.P2P.Policy.Tests.Support;
using NuCypher.P2P.Policy.Wire;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Policy.Tests.Kits;

public sealed class MessageKitTests
{
    private static readonly PublicKey PolicyKey = Cast.Alice.PolicyKey(Cast.Label);
    private static readonly byte[] Payload = [.. Enumerable.Range(0, 100).Select(i => (byte)i)];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(1024)]
    [InlineData(1 << 20)]
    [Trait("Row", "CR-03")]
    public void OpenOriginal_OwnKit_GivesThePayloadBack(int size)
    {
        var payload = new byte[size];
        new Random(size).NextBytes(payload);

        var (unsigned, signed) = (Again(Encrypt(payload, null)), Again(Encrypt(payload, Cast.Bob.Signer)));

        Assert.Equal(payload, Open(unsigned).Payload);
        Assert.Equal(payload, Open(signed).Payload);
        Assert.Null(Open(unsigned).Author);
        Assert.Equal(Cast.Bob.VerifyingKey, Open(signed).Author);
        Assert.Equal(size + MessageKit.Overhead, unsigned.ToBytes().Length);
        Assert.True(MessageKit.Overhead <= 98 + 40 + 16 + KeyCommitment.Size + 8); // and a hint of the policy key
    }

    [Fact]
    public void OpenOriginal_AnotherKey_CannotOpen()
    {
        var verdict = Encrypt(Payload, null).OpenOriginal(Cast.Mallory.DecryptingKey, out var content);

        Assert.Equal(KitOpening.CannotOpen, verdict);
        Assert.Null(content);
    }

    [Fact]
    [Trait("Row", "CR-14")]
    public void ToBytes_ThousandSignedKits_MatchNoKnownKey()
    {
        byte[][] keys =
            [.. new[] { Cast.Alice, Cast.Bob, Cast.Mallory, Cast.Ursula }.Select(p => p.VerifyingKey.ToBytes())];
        for (var i = 0; i < 1000; i++)
        {
            var bytes = MessageKit.Encrypt(PolicyKey, Payload, Cast.Bob.Signer, Cast.Random(i)).ToBytes();
            Assert.All(keys, key => Assert.True(bytes.AsSpan().IndexOf(key.AsSpan(1)) < 0));
        }
    }

    [Fact]
    [Trait("Row", "CR-14")]
    public void ToBytes_EveryPlaceWhereASignatureCouldBe_VerifiesUnderNoKnownKey()
    {
        var bytes = Encrypt(Payload, Cast.Bob.Signer).ToBytes();

        Assert.Equal(-1, SignatureIn(bytes));
        Assert.Equal(bytes.Length, SignatureIn([.. bytes, .. SignatureFor(PolicyKey)])); // it can be found
        Assert.Equal(8, SignatureIn([.. bytes[..8], .. SignatureFor(PolicyKey), .. bytes[8..]]));
    }

    [Fact]
    [Trait("Row", "CR-04")]
    public void Encrypt_ThousandFiles_ThousandCapsulesAndDataKeys()
    {
        var random = Cast.Random();
        using var delegating = Cast.Alice.DelegatingKey(Cast.Label);
        var (capsules, keys) = (new HashSet<string>(), new HashSet<string>());
        for (var i = 0; i < 1000; i++)
        {
            var capsule = MessageKit.Encrypt(PolicyKey, Payload, null, random).Capsule;
            capsules.Add(Convert.ToHexString(capsule.ToBytes()));
            keys.Add(Cast.DataKeyOf(capsule, delegating));
        }

        Assert.Equal((1000, 1000), (capsules.Count, keys.Count));
    }

    [Fact]
    public void OpenOriginal_SignatureForAnotherPolicy_IsRefused()
    {
        var other = Cast.Alice.PolicyKey(PolicyLabel.Parse("other"));
        byte[] plain = [.. Cast.Bob.VerifyingKey.ToBytes(), .. Payload, .. SignatureFor(other)];

        Assert.Equal(KitOpening.BadSignature, OpenPlain(plain, out var content));
        Assert.Null(content);
    }

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 2, 1, 1 })]
    public void OpenOriginal_PlaintextWithoutAuthorsPart_IsMalformed(byte[] plain) =>
        Assert.Equal(KitOpening.Malformed, OpenPlain(plain, out _));

    [Fact]
    public void OpenOriginal_CommitmentToAnotherKey_CannotOpen()
    {
        Assert.Equal(KitOpening.Malformed, OpenPlain([0, 1], out _));
        Assert.Equal(KitOpening.CannotOpen, OpenPlain([0, 1], out _, new byte[KeyCommitment.Size]));
    }

    [Fact]
    public void IsFor_PolicyKeyOfTheKit_IsTrueForItAlone()
    {
        var kit = Again(Encrypt(Payload, null));

        Assert.True(kit.IsFor(PolicyKey));
        Assert.False(kit.IsFor(Cast.Alice.PolicyKey(PolicyLabel.Parse("other"))));
    }

    [Fact]
    public void TryRead_KitThatSaysItIsSignedPublicly_IsMalformed()
    {
        var head =
            KitHead.Create(MessageKit.Header, PolicyKey, KitSigning.Public, Cast.Bob.Signer, Cast.Random(), out _);

        Assert.False(MessageKit.TryRead([.. head.Bytes, .. new byte[100]], out _, out var refusal));
        Assert.Equal(DecodeRefusal.Malformed, refusal);
    }

    [Fact]
    public void TryRead_OtherLengthsAndFlippedBits_AreRefused()
    {
        var bytes = Encrypt(Payload, Cast.Bob.Signer).ToBytes();

        Hostile.RefusesOtherLengths(bytes, Opens);
        Hostile.RefusesFlippedBits(bytes, Opens);
    }

    [Fact]
    public void TryRead_Truncated_SaysTooShort()
    {
        Assert.False(MessageKit.TryRead(Encrypt([], null).ToBytes().AsSpan()[..^1], out _, out var refusal));
        Assert.Equal(DecodeRefusal.TooShort, refusal);
    }

    /// <summary>Where a signature by anybody known, over what an author could sign, begins; −1 if nowhere.</summary>
    private static int SignatureIn(byte[] bytes)
    {
        Identity[] people = [Cast.Alice, Cast.Bob, Cast.Mallory, Cast.Ursula];
        VerifyingKey[] known = [.. people.Select(person => person.VerifyingKey)];
        using var hash = Authorship.StartHash(PolicyKey);
        hash.AppendData(Payload);
        var signed = Authorship.SignedPart(hash);
        for (var offset = 0; offset + Signature.Size <= bytes.Length; offset++)
        {
            byte[][] messages = [signed, Payload, bytes[..offset], bytes[(offset + Signature.Size)..]];
            if (Signature.TryRead(bytes.AsSpan(offset, Signature.Size), out var signature)
                && known.Any(key => messages.Any(message => key.Verify(message, signature))))
                return offset;
        }

        return -1;
    }

    private static byte[] SignatureFor(PublicKey policyKey)
    {
        using var hash = Authorship.StartHash(policyKey);
        hash.AppendData(Payload);
        return Cast.Bob.Signer.Sign(Authorship.SignedPart(hash), Cast.Random()).ToBytes();
    }

    /// <summary>Opens a kit that says that it is signed inside, with any content.</summary>
    private static KitOpening OpenPlain(byte[] plain, out MessageContent? content, byte[]? commitment = null)
    {
        var head = KitHead.Create(
            MessageKit.Header, PolicyKey, KitSigning.Inside, null, Cast.Random(), out var dataKey).Bytes.ToArray();
        commitment?.CopyTo(head, KitHead.Size - KeyCommitment.Size);
        var ciphertext = Aead.Seal(AeadAlgorithm.XChaCha20Poly1305, dataKey, plain, head, Cast.Random());
        Assert.True(MessageKit.TryRead([.. head, .. ciphertext], out var kit, out _));
        using var key = Cast.Alice.DelegatingKey(Cast.Label);
        return kit.OpenOriginal(key, out content);
    }

    private static bool Opens(byte[] bytes)
    {
        using var key = Cast.Alice.DelegatingKey(Cast.Label);
        return MessageKit.TryRead(bytes, out var kit, out _) && kit.OpenOriginal(key, out _) == KitOpening.Opened;
    }

    private static MessageKit Encrypt(byte[] payload, Signer? author) =>
        MessageKit.Encrypt(PolicyKey, payload, author, Cast.Random());

    private static MessageKit Again(MessageKit kit)
    {
        Assert.True(MessageKit.TryRead(kit.ToBytes(), out var read, out _));
        return read;
    }

    private static (byte[] Payload, VerifyingKey? Author) Open(MessageKit kit)
    {
        using var key = Cast.Alice.DelegatingKey(Cast.Label);
        Assert.Equal(KitOpening.Opened, kit.OpenOriginal(key, out var content));
        return (content!.Bytes.ToArray(), content.Author);
    }
}
