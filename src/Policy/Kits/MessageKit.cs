using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using NuCypher.P2P.Policy.Wire;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Policy.Kits;

/// <summary>
/// An encrypted message: what Enrico makes with nothing but a policy public key, and any Bob can be let in to later.
/// </summary>
/// <remarks>
/// Head <c>MsKt</c> of 154 bytes, nonce (24), payload, tag (16): 194 bytes more than a payload, 97 more if it is signed
/// inside, where a key of 33 bytes goes before and a signature of 64 behind the payload. Outside of the encryption
/// there is no name and no signature. Every kit has a data key of its own. For payloads in memory;
/// <see cref="KitSealer"/> is for those of any size, and signs publicly too.
/// </remarks>
public sealed class MessageKit
{
    /// <summary>How much longer a kit is than its unsigned payload, in bytes.</summary>
    public const int Overhead = KitHead.Size + 24 + Aead.TagSize;

    private const AeadAlgorithm Algorithm = AeadAlgorithm.XChaCha20Poly1305;

    private readonly KitHead _head;

    // Nonce, ciphertext, tag.
    private readonly byte[] _sealed;

    private MessageKit(KitHead head, byte[] @sealed) => (_head, _sealed) = (head, @sealed);

    /// <summary>What Ursulas re-encrypt.</summary>
    public Capsule Capsule => _head.Capsule;

    /// <summary>Whether the author signed inside of the encryption.</summary>
    public KitSigning Signing => _head.Signing;

    internal static ProtocolHeader Header { get; } = ProtocolHeader.Of("MsKt", 3);

    /// <summary>Encrypts a payload; signed inside if an author is given.</summary>
    public static MessageKit Encrypt(
        PublicKey policyKey, ReadOnlySpan<byte> payload, Signer? author, RandomSource random)
    {
        byte[] plain = author is null
            ? payload.ToArray()
            : [.. author.VerifyingKey.ToBytes(), .. payload,
            .. author.Sign(SignedPart(policyKey, payload), random).ToBytes()];
        var signing = author is null ? KitSigning.None : KitSigning.Inside;
        var head = KitHead.Create(Header, policyKey, signing, author, random, out var key);
        using (key)
        {
            var @sealed = Aead.Seal(Algorithm, key, plain, head.Bytes, random);
            CryptographicOperations.ZeroMemory(plain);
            return new MessageKit(head, @sealed);
        }
    }

    /// <summary>Reads a kit; nothing of it is authentic before it is opened. Never throws.</summary>
    public static bool TryRead(
        ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out MessageKit? kit, out DecodeRefusal refusal)
    {
        kit = null;
        if (!KitHead.TryRead(Header, bytes, out var head, out refusal))
            return false;
        if (head.Signing == KitSigning.Public)
            refusal = DecodeRefusal.Malformed;
        else if (bytes.Length < Overhead)
            refusal = DecodeRefusal.TooShort;
        else
            kit = new MessageKit(head, bytes[KitHead.Size..].ToArray());
        return kit is not null;
    }

    /// <summary>Whether the kit was encrypted for this policy key.</summary>
    public bool IsFor(PublicKey policyKey) => _head.IsFor(policyKey);

    /// <summary>The whole kit.</summary>
    public byte[] ToBytes() => [.. _head.Bytes, .. _sealed];

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
            if (key is null || !_head.CommitsTo(key)
                || Aead.Open(Algorithm, key, _sealed, _head.Bytes, out var plain) != OpenVerdict.Opened)
                return KitOpening.CannotOpen;
            if (Signing == KitSigning.Inside)
                return OpenSigned(plain!, policyKey, out content);
            content = new MessageContent(plain, null);
            return KitOpening.Opened;
        }
    }

    private static KitOpening OpenSigned(byte[] plain, PublicKey policyKey, out MessageContent? content)
    {
        content = null;
        if (plain.Length < VerifyingKey.Size + Signature.Size
            || !VerifyingKey.TryRead(plain.AsSpan(0, VerifyingKey.Size), out var author)
            || !Signature.TryRead(plain.AsSpan()[^Signature.Size..], out var signature))
            return KitOpening.Malformed;
        var payload = plain.AsMemory()[VerifyingKey.Size..^Signature.Size];
        if (!author.Verify(SignedPart(policyKey, payload.Span), signature))
            return KitOpening.BadSignature;
        content = new MessageContent(payload, author);
        return KitOpening.Opened;
    }

    private static byte[] SignedPart(PublicKey policyKey, ReadOnlySpan<byte> payload)
    {
        using var hash = Authorship.StartHash(policyKey);
        hash.AppendData(payload);
        return Authorship.SignedPart(hash);
    }
}
