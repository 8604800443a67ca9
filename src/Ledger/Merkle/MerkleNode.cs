using System.Buffers.Binary;
using System.Security.Cryptography;
using NuCypher.P2P.Ledger.Wire;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Wire;

namespace NuCypher.P2P.Ledger.Merkle;

/// <summary>
/// A leaf, or the branch at the first bit in which the paths below it differ. Immutable but for the hash, once
/// computed.
/// </summary>
internal sealed class MerkleNode<TValue>
    where TValue : class, IMerkleValue
{
    private Digest? _hash;

    private MerkleNode(MerklePath path, int bit) => (Path, Bit) = (path, bit);

    /// <summary>
    /// A leaf's path; for a branch, any path whose first <see cref="Bit"/> bits are those of all below it.
    /// </summary>
    public MerklePath Path { get; }

    /// <summary>Which bit tells the sides; 256 for a leaf.</summary>
    public int Bit { get; }

    public TValue? Value { get; private init; }

    public MerkleNode<TValue>? Zero { get; private init; }

    public MerkleNode<TValue>? One { get; private init; }

    public int Count { get; private init; }

    public bool IsLeaf => Bit == MerklePath.Bits;

    /// <summary>SHA-256 over 0, path, hash of the value; or over 1, bit, both sides.</summary>
    public Digest Hash => _hash ??= IsLeaf ? HashLeaf() : HashBranch();

    public static MerkleNode<TValue> Leaf(MerklePath path, TValue value) =>
        new(path, MerklePath.Bits) { Value = value, Count = 1 };

    public static MerkleNode<TValue> Branch(int bit, MerkleNode<TValue> zero, MerkleNode<TValue> one) =>
        new(zero.Path, bit) { Zero = zero, One = one, Count = zero.Count + one.Count };

    /// <summary>The branch above a node of a lower bit and a new leaf.</summary>
    public MerkleNode<TValue> Join(int bit, MerkleNode<TValue> leaf) =>
        leaf.Path[bit] ? Branch(bit, this, leaf) : Branch(bit, leaf, this);

    private Digest HashLeaf()
    {
        var writer = new FieldWriter();
        Value!.Write(writer);
        Span<byte> bytes = stackalloc byte[65];
        bytes[0] = 0;
        Path.Write(bytes[1..]);
        DomainHash.Compute(LedgerTags.Value, writer.ToArray()).Write(bytes[33..]);
        return Digest.Read(SHA256.HashData(bytes));
    }

    private Digest HashBranch()
    {
        Span<byte> bytes = stackalloc byte[67];
        bytes[0] = 1;
        BinaryPrimitives.WriteUInt16BigEndian(bytes[1..], (ushort)Bit);
        Zero!.Hash.Write(bytes[3..]);
        One!.Hash.Write(bytes[35..]);
        return Digest.Read(SHA256.HashData(bytes));
    }
}
