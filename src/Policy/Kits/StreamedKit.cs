using System.Diagnostics.CodeAnalysis;
using NuCypher.P2P.Policy.Wire;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Policy.Kits;

/// <summary>
/// The head of a streamed message kit: all that is needed for having it re-encrypted and starting to open it.
/// </summary>
/// <remarks>
/// Head <c>MsSt</c> of 154 bytes, or 187 with an author for everybody to see, and the header of the chunks (32). Then
/// chunks of 65,536 bytes and a tag of 16, the last one shorter, and with a public author 64 bytes of signature. The
/// plaintext is the payload; if signed inside, with a key of 33 bytes before and a signature of 64 behind. The chunks
/// are bound to the head.
/// </remarks>
public sealed class StreamedKit
{
    /// <summary>
    /// The size of the head in bytes, unless somebody signed it publicly; see <see cref="HeadSizeOf"/>.
    /// </summary>
    public const int HeadSize = KitHead.Size + ChunkSealer.HeaderSize;

    /// <summary>How many bytes <see cref="HeadSizeOf"/> needs.</summary>
    public const int StartSize = KitHead.ModeEnd;

    private readonly KitHead _head;
    private readonly byte[] _chunksHeader;

    private StreamedKit(KitHead head, byte[] chunksHeader) => (_head, _chunksHeader) = (head, chunksHeader);

    /// <summary>What Ursulas re-encrypt.</summary>
    public Capsule Capsule => _head.Capsule;

    /// <summary>How the kit is signed; what it says of itself until it is opened.</summary>
    public KitSigning Signing => _head.Signing;

    /// <summary>Who signed for everybody to see, unchecked; null if nobody did.</summary>
    public VerifyingKey? PublicAuthor => _head.PublicAuthor;

    /// <summary>8 bytes that fit the policy key and this kit alone.</summary>
    public ReadOnlyMemory<byte> KeyHint => _head.Hint;

    internal static ProtocolHeader Header { get; } = ProtocolHeader.Of("MsSt", 3);

    /// <summary>The size of the head that starts with these bytes: <see cref="StartSize"/> or more of them.</summary>
    public static int HeadSizeOf(ReadOnlySpan<byte> start) => KitHead.SizeOf(start) + ChunkSealer.HeaderSize;

    /// <summary>Whether these bytes begin like a streamed kit of any version.</summary>
    public static bool IsStart(ReadOnlySpan<byte> bytes) => bytes.StartsWith("MsSt"u8);

    /// <summary>Reads a head of exactly <see cref="HeadSizeOf"/> bytes. Never throws.</summary>
    public static bool TryRead(
        ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out StreamedKit? kit, out DecodeRefusal refusal)
    {
        kit = null;
        if (!KitHead.TryRead(Header, bytes, out var head, out refusal))
            return false;
        var rest = bytes[head.Bytes.Length..];
        if (rest.Length == ChunkSealer.HeaderSize)
            kit = new StreamedKit(head, rest.ToArray());
        else
            refusal = rest.Length < ChunkSealer.HeaderSize ? DecodeRefusal.TooShort : DecodeRefusal.TrailingBytes;
        return kit is not null;
    }

    /// <summary>Whether the kit was encrypted for this policy key.</summary>
    public bool IsFor(PublicKey policyKey) => _head.IsFor(policyKey);

    /// <summary>
    /// How many bytes of payload a kit has whose bytes after the head are so many; −1 if there is none of that size.
    /// </summary>
    public long PayloadSizeOf(long rest)
    {
        const int full = ChunkSealer.ChunkSize + Aead.TagSize;
        var content = rest - (Signing == KitSigning.Public ? Signature.Size : 0);
        var last = content % full;
        var isWhole = content >= Aead.TagSize && (last == 0 || last >= Aead.TagSize);
        var chunks = (content + full - 1) / full;
        var payload =
            content - (chunks * Aead.TagSize) - (Signing == KitSigning.Inside ? VerifyingKey.Size + Signature.Size : 0);
        return isWhole && payload >= 0 ? payload : -1;
    }

    /// <summary>Starts checking the public signature; null if there is none.</summary>
    public PublicSignature? CheckSignature() => PublicAuthor is { } author
        ? new PublicSignature(author, [.. _head.Bytes, .. _chunksHeader]) : null;

    /// <summary>Starts opening with the policy's own secret key; false for another key or an altered head.</summary>
    public bool TryOpenOriginal(SecretKey delegatingKey, [NotNullWhen(true)] out KitOpener? opener)
    {
        ProxyReencryption.DecapsulateOriginal(delegatingKey, Capsule, out var key);
        return TryOpen(key, delegatingKey.PublicKey, out opener);
    }

    /// <summary>
    /// Starts opening with Bob's key and enough re-encryptions; false for another key or an altered head.
    /// </summary>
    public bool TryOpenReencrypted(
        SecretKey bob, PublicKey policyKey, IReadOnlyList<VerifiedCapsuleFrag> cfrags,
        [NotNullWhen(true)] out KitOpener? opener)
    {
        ProxyReencryption.DecapsulateReencrypted(bob, policyKey, Capsule, cfrags, out var key);
        return TryOpen(key, policyKey, out opener);
    }

    private bool TryOpen(DataKey? key, PublicKey policyKey, [NotNullWhen(true)] out KitOpener? opener)
    {
        opener = null;
        using (key)
        {
            if (key is not null && _head.CommitsTo(key)
                && ChunkOpener.TryCreate(key, _chunksHeader, _head.Bytes, out var chunks))
                opener = new KitOpener(this, chunks, policyKey);
        }

        return opener is not null;
    }
}
