using System.Diagnostics.CodeAnalysis;
using NuCypher.P2P.Policy.Wire;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Policy.Kits;

/// <summary>
/// What everybody can read of a kit: how it is signed, a hint of its policy key, the capsule, the commitment.
/// </summary>
/// <remarks>
/// Header (8), mode (1), hint (8), with mode 2 the author's verifying key (33), capsule (105), commitment to the data
/// key (32). What is sealed behind it is bound to all of it. The hint is the first 8 bytes of the hash
/// <c>NuCypher.P2P/key-hint</c> of policy key and capsule: who has the key can tell whether the kit is of it; who has
/// not can't tell that two kits are of one key.
/// </remarks>
internal sealed class KitHead
{
    /// <summary>The size in bytes, unless an author signed publicly: then it is a verifying key more.</summary>
    public const int Size = ModeEnd + HintSize + Capsule.Size + KeyCommitment.Size;

    /// <summary>How many bytes tell the size of a head.</summary>
    public const int ModeEnd = ProtocolHeader.Size + 1;

    private const int HintSize = 8;

    private readonly byte[] _bytes;

    private KitHead(byte[] bytes, VerifyingKey? author, Capsule capsule)
    {
        (_bytes, PublicAuthor, Capsule) = (bytes, author, capsule);
        Hint = bytes.AsMemory(ModeEnd, HintSize);
    }

    /// <summary>How the kit is signed.</summary>
    public KitSigning Signing => (KitSigning)_bytes[ProtocolHeader.Size];

    /// <summary>8 bytes that fit the policy key.</summary>
    public ReadOnlyMemory<byte> Hint { get; }

    /// <summary>Who signed for everybody to see; null if nobody did.</summary>
    public VerifyingKey? PublicAuthor { get; }

    /// <summary>What Ursulas re-encrypt.</summary>
    public Capsule Capsule { get; }

    /// <summary>All of it.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Draws a data key for a policy key, which the caller disposes, and makes the head of its kit.</summary>
    public static KitHead Create(
        ProtocolHeader header, PublicKey policyKey, KitSigning signing, Signer? author, RandomSource random,
        out DataKey key)
    {
        (var capsule, key) = ProxyReencryption.Encapsulate(policyKey, random);
        var publicAuthor = signing == KitSigning.Public ? author!.VerifyingKey : null; // who signs has a key
        var writer = new FieldWriter(header).Byte((byte)signing).Bytes(HintOf(policyKey, capsule));
        if (publicAuthor is not null)
            writer.Key(publicAuthor);
        writer.Bytes(capsule.ToBytes()).Digest(KeyCommitment.To(key));
        return new KitHead(writer.ToArray(), publicAuthor, capsule);
    }

    /// <summary>The size of the head that starts with these bytes, at least <see cref="ModeEnd"/> of them.</summary>
    public static int SizeOf(ReadOnlySpan<byte> start) => start[ProtocolHeader.Size] == (byte)KitSigning.Public
        ? Size + VerifyingKey.Size : Size;

    /// <summary>Reads the head at the start of these bytes; what follows it is not looked at. Never throws.</summary>
    public static bool TryRead(
        ProtocolHeader header, ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out KitHead? head,
        out DecodeRefusal refusal)
    {
        head = null;
        refusal = header.Check(bytes, out var newer);
        if (refusal == DecodeRefusal.None && newer)
            refusal = DecodeRefusal.UnknownVersion; // a kit ends in ciphertext: a minor version can append nothing
        if (refusal == DecodeRefusal.None && (bytes.Length < ModeEnd || bytes.Length < SizeOf(bytes)))
            refusal = DecodeRefusal.TooShort;
        if (refusal == DecodeRefusal.None)
            refusal = TryRead(bytes[..SizeOf(bytes)], out head) ? DecodeRefusal.None : DecodeRefusal.Malformed;
        return head is not null;
    }

    /// <summary>
    /// Whether the kit was encrypted for this policy key; a chance of 1 in 2⁶⁴ that it only looks so.
    /// </summary>
    public bool IsFor(PublicKey policyKey) => Hint.Span.SequenceEqual(HintOf(policyKey, Capsule));

    /// <summary>Whether the kit's data key is this one.</summary>
    public bool CommitsTo(DataKey key) => KeyCommitment.Fits(_bytes.AsSpan(_bytes.Length - KeyCommitment.Size), key);

    private static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out KitHead? head)
    {
        head = null;
        VerifyingKey? author = null;
        var start = ModeEnd + HintSize;
        var mode = bytes[ProtocolHeader.Size];
        if (mode > (byte)KitSigning.Public
            || (mode == (byte)KitSigning.Public
            && !VerifyingKey.TryRead(bytes.Slice(start, VerifyingKey.Size), out author)))
            return false;
        start += author is null ? 0 : VerifyingKey.Size;
        if (Capsule.TryRead(bytes.Slice(start, Capsule.Size), out var capsule))
            head = new KitHead(bytes.ToArray(), author, capsule);
        return head is not null;
    }

    private static byte[] HintOf(PublicKey policyKey, Capsule capsule) =>
        DomainHash.Compute(DomainTags.KeyHint, policyKey.ToBytes(), capsule.ToBytes()).ToBytes()[..HintSize];
}
