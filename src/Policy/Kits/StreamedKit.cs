using System.Diagnostics.CodeAnalysis;
using NuCypher.P2P.Policy.Wire;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Policy.Kits;

/// <summary>The head of a streamed message kit: all that is needed for having it re-encrypted and starting to open it.</summary>
/// <remarks>
/// Head of 177 bytes: header <c>MsSt</c> (8), capsule (105), commitment to the data key (32), header of the chunks (32). Then chunks of 65,536 bytes and a tag of 16,
/// the last one shorter. The plaintext is the author's part, the payload and, if signed, 64 bytes of signature. The chunks
/// are bound to the first 145 bytes.
/// </remarks>
public sealed class StreamedKit
{
    /// <summary>The size of the head in bytes.</summary>
    public const int HeadSize = BoundSize + ChunkSealer.HeaderSize;

    internal const int BoundSize = ProtocolHeader.Size + Capsule.Size + KeyCommitment.Size;

    private readonly byte[] _head;

    private StreamedKit(Capsule capsule, byte[] head)
    {
        Capsule = capsule;
        _head = head;
    }

    /// <summary>What Ursulas re-encrypt.</summary>
    public Capsule Capsule { get; }

    internal static ProtocolHeader Header { get; } = ProtocolHeader.Of("MsSt", 2);

    /// <summary>Reads a head of exactly <see cref="HeadSize"/> bytes. Never throws.</summary>
    public static bool TryRead(
        ReadOnlySpan<byte> head, [NotNullWhen(true)] out StreamedKit? kit, out DecodeRefusal refusal)
    {
        kit = null;
        refusal = Header.Check(head, out var newer);
        if (refusal == DecodeRefusal.None && newer)
            refusal = DecodeRefusal.UnknownVersion; // a kit ends in ciphertext: a minor version can append nothing
        if (refusal == DecodeRefusal.None && head.Length != HeadSize)
            refusal = head.Length < HeadSize ? DecodeRefusal.TooShort : DecodeRefusal.TrailingBytes;
        if (refusal != DecodeRefusal.None)
            return false;
        if (Capsule.TryRead(head[ProtocolHeader.Size..(BoundSize - KeyCommitment.Size)], out var capsule))
            kit = new StreamedKit(capsule, head.ToArray());
        refusal = kit is null ? DecodeRefusal.Malformed : DecodeRefusal.None;
        return kit is not null;
    }

    /// <summary>Starts opening with the policy's own secret key; false for another key or an altered head.</summary>
    public bool TryOpenOriginal(SecretKey delegatingKey, [NotNullWhen(true)] out KitOpener? opener)
    {
        ProxyReencryption.DecapsulateOriginal(delegatingKey, Capsule, out var key);
        return TryOpen(key, delegatingKey.PublicKey, out opener);
    }

    /// <summary>Starts opening with Bob's key and enough re-encryptions; false for another key or an altered head.</summary>
    public bool TryOpenReencrypted(
        SecretKey bob, PublicKey policyKey, IReadOnlyList<VerifiedCapsuleFrag> cfrags, [NotNullWhen(true)] out KitOpener? opener)
    {
        ProxyReencryption.DecapsulateReencrypted(bob, policyKey, Capsule, cfrags, out var key);
        return TryOpen(key, policyKey, out opener);
    }

    private bool TryOpen(DataKey? key, PublicKey policyKey, [NotNullWhen(true)] out KitOpener? opener)
    {
        opener = null;
        using (key)
        {
            if (key is not null && KeyCommitment.Fits(_head.AsSpan(BoundSize - KeyCommitment.Size, KeyCommitment.Size), key)
                && ChunkOpener.TryCreate(key, _head.AsSpan(BoundSize), _head.AsSpan(0, BoundSize), out var chunks))
                opener = new KitOpener(chunks, policyKey);
        }

        return opener is not null;
    }
}
