using System.Diagnostics.CodeAnalysis;
using NuCypher.P2P.Policy.Wire;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Policy.Kits;

/// <summary>An encrypted message: what Enrico makes with nothing but a policy public key, and any Bob can be let in to later.</summary>
/// <remarks>
/// Header <c>MsKt</c> (8), capsule (105), commitment to the data key (32), nonce (24), payload with the author's part, tag (16): 186
/// bytes more than an unsigned payload, 283 more than a signed one. Outside of the encryption there is no name and no signature. Every kit has a data key of its own.
/// For payloads in memory; <see cref="KitSealer"/> is for those of any size.
/// </remarks>
public sealed class MessageKit
{
    /// <summary>How much longer a kit is than its unsigned payload, in bytes.</summary>
    public const int Overhead = ProtocolHeader.Size + Capsule.Size + KeyCommitment.Size + 24 + Aead.TagSize + 1;

    private const AeadAlgorithm Algorithm = AeadAlgorithm.XChaCha20Poly1305;

    private static readonly ProtocolHeader Header = ProtocolHeader.Of("MsKt", 2);

    // Commitment, nonce, ciphertext, tag.
    private readonly byte[] _sealed;

    private MessageKit(Capsule capsule, byte[] @sealed)
    {
        Capsule = capsule;
        _sealed = @sealed;
    }

    /// <summary>What Ursulas re-encrypt.</summary>
    public Capsule Capsule { get; }

    /// <summary>Encrypts a payload; signed if an author is given.</summary>
    public static MessageKit Encrypt(PublicKey policyKey, ReadOnlySpan<byte> payload, Signer? author, RandomSource random)
    {
        byte[] plain = [.. Authorship.Prologue(author?.VerifyingKey), .. payload, .. SignatureOf(policyKey, payload, author, random)];
        var (capsule, key) = ProxyReencryption.Encapsulate(policyKey, random);
        using (key)
        {
            byte[] @sealed = [.. KeyCommitment.To(key).ToBytes(), .. Aead.Seal(Algorithm, key, plain, capsule.ToBytes(), random)];
            System.Security.Cryptography.CryptographicOperations.ZeroMemory(plain);
            return new MessageKit(capsule, @sealed);
        }
    }

    /// <summary>Reads a kit; nothing of it is authentic before it is opened. Never throws.</summary>
    public static bool TryRead(
        ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out MessageKit? kit, out DecodeRefusal refusal)
    {
        kit = null;
        refusal = Header.Check(bytes, out var newer);
        if (refusal == DecodeRefusal.None && newer)
            refusal = DecodeRefusal.UnknownVersion; // a kit ends in ciphertext: a minor version can append nothing
        if (refusal == DecodeRefusal.None && bytes.Length < Overhead)
            refusal = DecodeRefusal.TooShort;
        if (refusal != DecodeRefusal.None)
            return false;
        if (Capsule.TryRead(bytes.Slice(ProtocolHeader.Size, Capsule.Size), out var capsule))
            kit = new MessageKit(capsule, bytes[(ProtocolHeader.Size + Capsule.Size)..].ToArray());
        refusal = kit is null ? DecodeRefusal.Malformed : DecodeRefusal.None;
        return kit is not null;
    }

    /// <summary>The whole kit.</summary>
    public byte[] ToBytes() => new FieldWriter(Header).Bytes(Capsule.ToBytes()).Bytes(_sealed).ToArray();

    /// <summary>Opens with the policy's own secret key, as Alice does.</summary>
    public KitOpening OpenOriginal(SecretKey delegatingKey, out MessageContent? content)
    {
        ProxyReencryption.DecapsulateOriginal(delegatingKey, Capsule, out var key);
        return Open(key, delegatingKey.PublicKey, out content);
    }

    /// <summary>Opens with Bob's key and enough re-encryptions of <see cref="Capsule"/>.</summary>
    public KitOpening OpenReencrypted(
        SecretKey bob, PublicKey policyKey, IReadOnlyList<VerifiedCapsuleFrag> cfrags, out MessageContent? content)
    {
        ProxyReencryption.DecapsulateReencrypted(bob, policyKey, Capsule, cfrags, out var key);
        return Open(key, policyKey, out content);
    }

    private KitOpening Open(DataKey? key, PublicKey policyKey, out MessageContent? content)
    {
        content = null;
        using (key)
        {
            return key is not null && KeyCommitment.Fits(_sealed.AsSpan(0, KeyCommitment.Size), key)
                && Aead.Open(Algorithm, key, _sealed.AsSpan(KeyCommitment.Size), Capsule.ToBytes(), out var plain) == OpenVerdict.Opened
                ? Read(plain!, policyKey, out content)
                : KitOpening.CannotOpen;
        }
    }

    private static KitOpening Read(byte[] plain, PublicKey policyKey, out MessageContent? content)
    {
        content = null;
        var start = plain.Length == 0 ? 0 : Authorship.PrologueSize(plain[0]);
        if (start == 0)
            return KitOpening.Malformed;
        if (start == 1)
            content = new MessageContent(plain.AsMemory(1), null);
        return start == 1 ? KitOpening.Opened : OpenSigned(plain, policyKey, out content);
    }

    private static KitOpening OpenSigned(byte[] plain, PublicKey policyKey, out MessageContent? content)
    {
        content = null;
        const int start = Authorship.SignedPrologueSize;
        if (plain.Length < start + Signature.Size
            || !VerifyingKey.TryRead(plain.AsSpan(1, VerifyingKey.Size), out var author)
            || !Signature.TryRead(plain.AsSpan()[^Signature.Size..], out var signature))
            return KitOpening.Malformed;
        var payload = plain.AsMemory()[start..^Signature.Size];
        if (!author.Verify(SignedPart(policyKey, payload.Span), signature))
            return KitOpening.BadSignature;
        content = new MessageContent(payload, author);
        return KitOpening.Opened;
    }

    private static byte[] SignatureOf(PublicKey policyKey, ReadOnlySpan<byte> payload, Signer? author, RandomSource random) =>
        author is null ? [] : author.Sign(SignedPart(policyKey, payload), random).ToBytes();

    private static byte[] SignedPart(PublicKey policyKey, ReadOnlySpan<byte> payload)
    {
        using var hash = Authorship.StartHash(policyKey);
        hash.AppendData(payload);
        return Authorship.SignedPart(hash);
    }
}
