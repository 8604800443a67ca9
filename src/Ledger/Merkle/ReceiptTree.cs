using System.Security.Cryptography;
using NuCypher.P2P.Ledger.Wire;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Wire;

namespace NuCypher.P2P.Ledger.Merkle;

/// <summary>
/// What a node did in one period, as one hash: a sorted tree over a leaf for each request that it answered.
/// </summary>
/// <remarks>
/// A leaf is the hash of request hash ‖ SHA-256 of the response. Leaves are sorted and distinct; a level's last node,
/// when it has no neighbour, moves up as it is. A branch is SHA-256 over 1 ‖ left ‖ right. 10,000 leaves: a root of 32
/// bytes, proofs of at most 14 hashes.
/// </remarks>
public sealed class ReceiptTree
{
    /// <summary>The most leaves of a period: 2^20, twelve a second for a day.</summary>
    public const int MaxLeaves = 1 << 20;

    private readonly List<Digest[]> _levels;

    /// <summary>Builds the tree.</summary>
    /// <exception cref="ArgumentException">More than <see cref="MaxLeaves"/>.</exception>
    public ReceiptTree(IEnumerable<Digest> leaves)
    {
        Digest[] sorted = [.. leaves.Distinct().OrderBy(leaf => MerklePath.Of(leaf).High)
            .ThenBy(leaf => MerklePath.Of(leaf).Low)];
        if (sorted.Length > MaxLeaves)
            throw new ArgumentException("Too many receipts for one period.", nameof(leaves));
        _levels = [sorted];
        while (_levels[^1].Length > 1)
            _levels.Add([.. _levels[^1].Chunk(2).Select(pair => pair.Length == 2 ? Join(pair[0], pair[1]) : pair[0])]);
    }

    /// <summary>How many leaves there are.</summary>
    public int Count => _levels[0].Length;

    /// <summary>The hash over all; zeros for none.</summary>
    public Digest Root => Count == 0 ? default : _levels[^1][0];

    /// <summary>The leaf of a request and the response to it.</summary>
    /// <param name="request">The request's hash, signature included.</param>
    /// <param name="response">The signed response as it was sent.</param>
    public static Digest LeafOf(Digest request, ReadOnlySpan<byte> response) =>
        DomainHash.Compute(LedgerTags.Receipt, request.ToBytes(), SHA256.HashData(response));

    /// <summary>Proves that a leaf is in the tree; null if it is not.</summary>
    public ReceiptProof? Prove(Digest leaf)
    {
        var index = Array.IndexOf(_levels[0], leaf);
        return index < 0 ? null : ProofAt(index);
    }

    /// <summary>
    /// Proves that a leaf is not in the tree by its neighbours; null if it is, or if the tree is empty.
    /// </summary>
    public AbsenceProof? ProveAbsence(Digest leaf)
    {
        if (Count == 0 || Array.IndexOf(_levels[0], leaf) >= 0)
            return null;
        var after = Array.FindIndex(_levels[0], other => IsBefore(leaf, other));
        return after switch
        {
            < 0 => new(ProofAt(Count - 1), null),
            0 => new(null, ProofAt(0)),
            _ => new(ProofAt(after - 1), ProofAt(after)),
        };
    }

    internal static bool IsBefore(Digest left, Digest right)
    {
        var (a, b) = (MerklePath.Of(left), MerklePath.Of(right));
        return a.High < b.High || (a.High == b.High && a.Low < b.Low);
    }

    internal static Digest Join(Digest left, Digest right)
    {
        Span<byte> bytes = stackalloc byte[1 + (2 * Digest.Size)];
        bytes[0] = 1;
        left.Write(bytes[1..]);
        right.Write(bytes[(1 + Digest.Size)..]);
        return Digest.Read(SHA256.HashData(bytes));
    }

    private ReceiptProof ProofAt(int index)
    {
        var siblings = new List<Digest>();
        var at = index;
        foreach (var level in _levels.SkipLast(1))
        {
            if ((at ^ 1) < level.Length)
                siblings.Add(level[at ^ 1]);
            at /= 2;
        }

        return new ReceiptProof(_levels[0][index], index, siblings);
    }
}
