using System.Diagnostics.CodeAnalysis;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy.Wire;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Policy.Records;

/// <summary>A treasure map as it lies in the network: everybody sees who published it, only Bob what it says.</summary>
/// <remarks>
/// Body of a signed record whose topic is the hrac: header <c>TrMp</c> (8), capsule for Bob's encrypting key (105), nonce (24),
/// map and Alice's inner signature, tag (16). Associated data: domain tag, Alice's verifying key, hrac. The inner signature is
/// over <c>be32(length) ‖ "NuCypher.P2P/treasure-map" ‖ SHA-256(hrac ‖ Bob's encrypting key ‖ map)</c>, so that Bob can't pass
/// the map on as Alice's word to somebody else.
/// </remarks>
public sealed class EncryptedTreasureMap
{
    private static readonly ProtocolHeader Header = ProtocolHeader.Of("TrMp");

    private readonly Capsule _capsule;
    private readonly ReadOnlyMemory<byte> _ciphertext;

    private EncryptedTreasureMap(VerifyingKey alice, Hrac hrac, Capsule capsule, ReadOnlyMemory<byte> ciphertext)
    {
        Alice = alice;
        Hrac = hrac;
        _capsule = capsule;
        _ciphertext = ciphertext;
    }

    /// <summary>Who published it.</summary>
    public VerifyingKey Alice { get; }

    /// <summary>The policy's name.</summary>
    public Hrac Hrac { get; }

    /// <summary>Reads a verified record's body; false if it is another kind. Never throws.</summary>
    public static bool TryRead(
        VerifiedRecord record, [NotNullWhen(true)] out EncryptedTreasureMap? map, out DecodeRefusal refusal)
    {
        map = null;
        refusal = DecodeRefusal.NotForThis;
        if (record.Kind != RecordKind.TreasureMap
            || !VerifyingKey.TryRead(record.PublisherKey.Span, out var alice)
            || !Digest.TryRead(record.Topic.Span, out var hrac))
            return false;
        refusal = Header.Check(record.Body.Span, out _);
        if (refusal != DecodeRefusal.None)
            return false;
        var reader = new FieldReader(record.Body.Span[ProtocolHeader.Size..]);
        var capsuleBytes = reader.Bytes(Capsule.Size);
        var ciphertext = reader.Rest().ToArray();
        if (reader.Refusal == DecodeRefusal.None && Capsule.TryRead(capsuleBytes, out var capsule))
            map = new EncryptedTreasureMap(alice, new Hrac(hrac), capsule, ciphertext);
        refusal = reader.Refusal == DecodeRefusal.None && map is null ? DecodeRefusal.Malformed : reader.Refusal;
        return map is not null;
    }

    /// <summary>Opens the map and checks Alice's signature in it; <c>CannotOpen</c> for everybody but Bob.</summary>
    public bool TryOpen(SecretKey bob, [NotNullWhen(true)] out TreasureMap? map, out DecodeRefusal refusal)
    {
        map = null;
        refusal = DecodeRefusal.CannotOpen;
        ProxyReencryption.DecapsulateOriginal(bob, _capsule, out var key);
        using (key)
        {
            var place = Place(Alice, Hrac);
            if (key is null || Aead.Open(
                AeadAlgorithm.XChaCha20Poly1305, key, _ciphertext.Span, place, out var plain) != OpenVerdict.Opened)
                return false;
            map = ReadSigned(plain, bob.PublicKey, out refusal);
            return map is not null;
        }
    }

    internal static byte[] Seal(TreasureMap map, Signer alice, PublicKey bob, Hrac hrac, RandomSource random)
    {
        var writer = new FieldWriter();
        map.Write(writer);
        var signature = alice.Sign(SignedPart(hrac, bob, writer.ToArray()), random);
        var plain = writer.Bytes(signature.ToBytes()).ToArray();
        var (capsule, key) = ProxyReencryption.Encapsulate(bob, random);
        using (key)
        {
            var place = Place(alice.VerifyingKey, hrac);
            var ciphertext = Aead.Seal(AeadAlgorithm.XChaCha20Poly1305, key, plain, place, random);
            return new FieldWriter(Header).Bytes(capsule.ToBytes()).Bytes(ciphertext).ToArray();
        }
    }

    private TreasureMap? ReadSigned(ReadOnlySpan<byte> plain, PublicKey bob, out DecodeRefusal refusal)
    {
        refusal = DecodeRefusal.BadSignature;
        if (plain.Length < Signature.Size
            || !Signature.TryRead(plain[^Signature.Size..], out var signature)
            || !Alice.Verify(SignedPart(Hrac, bob, plain[..^Signature.Size]), signature))
            return null;
        var reader = new FieldReader(plain[..^Signature.Size]);
        var map = TreasureMap.Read(ref reader);
        refusal = map is null ? DecodeRefusal.Malformed : reader.Refusal;
        if (refusal == DecodeRefusal.None && !reader.AtEnd)
            refusal = DecodeRefusal.TrailingBytes;
        return refusal == DecodeRefusal.None ? map : null;
    }

    private static byte[] SignedPart(Hrac hrac, PublicKey bob, ReadOnlySpan<byte> map) =>
        DomainHash.Message(DomainTags.TreasureMap, [.. hrac.Value.ToBytes(), .. bob.ToBytes(), .. map]);

    private static byte[] Place(VerifyingKey alice, Hrac hrac) => new FieldWriter()
        .Prefixed(System.Text.Encoding.ASCII.GetBytes(DomainTags.SealedMap)).Key(alice).Digest(hrac.Value).ToArray();
}
