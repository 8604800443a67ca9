using NuCypher.P2P.Policy;

namespace NuCypher.P2P.Ledger.Merkle;

/// <summary>That a leaf is in a tree of receipts, and at which place.</summary>
/// <param name="Leaf">The leaf.</param>
/// <param name="Index">Its place, from 0 on.</param>
/// <param name="Siblings">The hashes beside the way to the root, from below.</param>
public sealed record ReceiptProof(Digest Leaf, int Index, IReadOnlyList<Digest> Siblings)
{
    /// <summary>Whether it proves this of the tree with this root and this many leaves. Never throws.</summary>
    public bool Holds(Digest root, int count)
    {
        if (Index < 0 || Index >= count || count > ReceiptTree.MaxLeaves)
            return false;
        var (hash, used) = (Leaf, 0);
        var (at, length) = (Index, count);
        while (length > 1)
        {
            if ((at ^ 1) < length)
            {
                if (used == Siblings.Count)
                    return false;
                var sibling = Siblings[used++];
                hash = at % 2 == 0 ? ReceiptTree.Join(hash, sibling) : ReceiptTree.Join(sibling, hash);
            }

            (at, length) = (at / 2, (length + 1) / 2);
        }

        return used == Siblings.Count && hash == root;
    }
}
