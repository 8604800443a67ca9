using NuCypher.P2P.Policy;

namespace NuCypher.P2P.Ledger.Merkle;

/// <summary>
/// That a leaf is not in a tree of receipts: two leaves that stand beside each other, one before it and one after.
/// </summary>
/// <param name="Before">The one before; null if the leaf would be the first.</param>
/// <param name="After">The one after; null if the leaf would be the last.</param>
public sealed record AbsenceProof(ReceiptProof? Before, ReceiptProof? After)
{
    /// <summary>
    /// Whether it proves that this leaf is not in the tree with this root and this many leaves. Never throws.
    /// </summary>
    public bool Holds(Digest leaf, Digest root, int count)
    {
        if (count == 0)
            return root == default && Before is null && After is null;
        if (Before is not null && !(ReceiptTree.IsBefore(Before.Leaf, leaf) && Before.Holds(root, count)))
            return false;
        if (After is not null && !(ReceiptTree.IsBefore(leaf, After.Leaf) && After.Holds(root, count)))
            return false;
        return (Before?.Index ?? -1) + 1 == (After?.Index ?? count);
    }
}
