using System.Buffers.Binary;
using NuCypher.P2P.Ledger.Merkle;
using NuCypher.P2P.Ledger.Tests.Support;
using NuCypher.P2P.Ledger.Transactions;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Wire;

namespace NuCypher.P2P.Ledger.Tests.Merkle;

public sealed class ReceiptTreeTests
{
    [Fact]
    [Trait("Row", "LG-37")]
    public void Prove_TenThousandReceipts_TakesAtMostFourteenHashesAndATransactionOf256Bytes()
    {
        var tree = new ReceiptTree(Enumerable.Range(0, 10_000).Select(Leaf));
        var (book, node) = (new Book(Book.Small), new Person(1));

        for (var i = 0; i < 10_000; i += 97)
        {
            var proof = tree.Prove(Leaf(i))!;
            Assert.True(proof.Holds(tree.Root, tree.Count));
            Assert.InRange(proof.Siblings.Count, 1, 14);
        }

        Assert.InRange(book.Sign(node, new PostReceipts(1, tree.Root, 10_000)).Length, 1, 256);
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(5), InlineData(8), InlineData(13)]
    public void Holds_EachLeaf_OfItsTreeAndNoOther(int count)
    {
        var tree = new ReceiptTree(Enumerable.Range(0, count).Select(Leaf));

        for (var i = 0; i < count; i++)
        {
            var proof = tree.Prove(Leaf(i))!;
            Assert.True(proof.Holds(tree.Root, count));
            Assert.False((proof with { Leaf = Leaf(count) }).Holds(tree.Root, count));
            Assert.False((proof with { Index = proof.Index + 1 }).Holds(tree.Root, count));
            Assert.False((proof with { Siblings = [.. proof.Siblings, default] }).Holds(tree.Root, count));
            Assert.False(proof.Holds(Leaf(0), count + 1));
            Assert.Null(tree.ProveAbsence(Leaf(i)));
        }
    }

    [Theory, InlineData(0), InlineData(1), InlineData(2), InlineData(7), InlineData(64)]
    public void ProveAbsence_LeavesThatAreNotThere_HoldsForThemAndNoneThatIs(int count)
    {
        var tree = new ReceiptTree(Enumerable.Range(0, count).Select(Leaf));

        for (var i = count; i < count + 50; i++)
        {
            var proof = tree.ProveAbsence(Leaf(i)) ?? new AbsenceProof(null, null);
            Assert.Null(tree.Prove(Leaf(i)));
            Assert.True(proof.Holds(Leaf(i), tree.Root, count));
            for (var there = 0; there < count; there++)
                Assert.False(proof.Holds(Leaf(there), tree.Root, count), $"{i} {there}");
        }
    }

    [Fact]
    public void ProveAbsence_NeighboursThatAreNone_HoldNothing()
    {
        var tree = new ReceiptTree(Enumerable.Range(0, 7).Select(Leaf));
        var sorted = Enumerable.Range(0, 7).Select(i => tree.Prove(Leaf(i))!).OrderBy(proof => proof.Index).ToArray();
        var middle = sorted[3].Leaf;

        Assert.False(new AbsenceProof(sorted[2], sorted[4]).Holds(middle, tree.Root, 7));
        Assert.False(new AbsenceProof(sorted[2], null).Holds(middle, tree.Root, 7));
        Assert.False(new AbsenceProof(null, sorted[4]).Holds(middle, tree.Root, 7));
        Assert.False(new AbsenceProof(null, null).Holds(middle, tree.Root, 7));
    }

    private static Digest Leaf(int i)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, i);
        return ReceiptTree.LeafOf(DomainHash.Compute("test", bytes), bytes);
    }
}
