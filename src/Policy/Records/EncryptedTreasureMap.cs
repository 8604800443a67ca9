using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy.Wire;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Policy.Records;

/// <summary>
/// A treasure map as it lies in the network: everybody sees who published it, only Bob and Alice what it says.
/// </summary>
/// <remarks>
/// Body of a signed record whose topic is the hrac: header <c>TrMp</c> (8), nonce (24), map and Alice's inner
/// signature, tag (16). Key: HKDF-SHA-256, info <c>NuCypher.P2P/map-key</c>, of the secret that only Alice and Bob can
/// compute (<see cref="KeyAgreement"/> of her signing and his encrypting key). Associated data: domain tag, Alice's
/// verifying key, hrac. The inner signature is over <c>be32(length) ‖ "NuCypher.P2P/treasure-map" ‖ SHA-256(hrac ‖
/// Bob's encrypting key ‖ map)</c>, so that Bob can't pass the map on as Alice's word to somebody else.
/// </remarks>
public sealed class EncryptedTreasureMap
{
    private static readonly ProtocolHeader Header = ProtocolHeader.Of("TrMp", 2);

    private readonly ReadOnlyMemory<byte> _ciphertext;

    private EncryptedTreasureMap(VerifyingKey alice, Hrac hrac, ReadOnlyMemory<byte> ciphertext)
    {
        Alice = alice;
        Hrac = hrac;
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
        if (refusal == DecodeRefusal.None)
            map = new EncryptedTreasureMap(alice, new Hrac(hrac), record.Body[ProtocolHeader.Size..]);
        return map is not null;
    }

    /// <summary>
    /// As Bob: opens the map and checks Alice's signature in it; <c>CannotOpen</c> for everybody else.
    /// </summary>
    public bool TryOpen(SecretKey bob, [NotNullWhen(true)] out TreasureMap? map, out DecodeRefusal refusal)
    {
        using var shared = KeyAgreement.Agree(bob, Alice);
        map = Open(shared, bob.PublicKey, out refusal);
        return map is not null;
    }

    /// <summary>
    /// As Alice, who has lost her books: opens the map that she made for a Bob; <c>CannotOpen</c> for everybody else.
    /// </summary>
    public bool TryOpen(
        Signer alice, PublicKey bob, [NotNullWhen(true)] out TreasureMap? map, out DecodeRefusal refusal)
    {
        using var shared = KeyAgreement.Agree(alice, bob);
        map = Open(shared, bob, out refusal);
        return map is not null;
    }

    internal static byte[] Seal(TreasureMap map, Signer alice, PublicKey bob, Hrac hrac, RandomSource random)
    {
        var writer = new FieldWriter();
        map.Write(writer);
        var signature = alice.Sign(SignedPart(hrac, bob, writer.ToArray()), random);
        var plain = writer.Bytes(signature.ToBytes()).ToArray();
        using var shared = KeyAgreement.Agree(alice, bob);
        using var key = KeyOf(shared);
        var ciphertext =
            Aead.Seal(AeadAlgorithm.XChaCha20Poly1305, key, plain, Place(alice.VerifyingKey, hrac), random);
        return new FieldWriter(Header).Bytes(ciphertext).ToArray();
    }

    private static DataKey KeyOf(DataKey shared)
    {
        Span<byte> secret = stackalloc byte[DataKey.Size];
        Span<byte> bytes = stackalloc byte[DataKey.Size];
        shared.WriteSecret(secret);
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, bytes, [], Encoding.ASCII.GetBytes(DomainTags.MapKey));
        DataKey.TryRead(bytes, out var key);
        CryptographicOperations.ZeroMemory(secret);
        CryptographicOperations.ZeroMemory(bytes);
        return key!; // 32 bytes are always a key
    }

    private TreasureMap? Open(DataKey shared, PublicKey bob, out DecodeRefusal refusal)
    {
        refusal = DecodeRefusal.CannotOpen;
        using var key = KeyOf(shared);
        return Aead.Open(
            AeadAlgorithm.XChaCha20Poly1305, key, _ciphertext.Span, Place(Alice, Hrac),
            out var plain) == OpenVerdict.Opened
            ? ReadSigned(plain, bob, out refusal)
            : null;
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
        .Prefixed(Encoding.ASCII.GetBytes(DomainTags.SealedMap)).Key(alice).Digest(hrac.Value).ToArray();
}
