using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy;

namespace NuCypher.P2P.Ledger.Merkle;

/// <summary>An immutable map with a hash over all that is in it, whatever the order in which it came.</summary>
/// <remarks>
/// A binary tree that branches where paths differ, so that its form follows from its keys alone. A change copies the
/// way to one leaf, about log₂ n nodes, and hashes are computed again on those ways only, when they are asked for.
/// Enumerates in the order of the keys.
/// </remarks>
public sealed class MerkleMap<TValue>
    where TValue : class, IMerkleValue
{
    private readonly MerkleNode<TValue>? _root;

    private MerkleMap(MerkleNode<TValue>? root) => _root = root;

    /// <summary>Nothing.</summary>
    internal static MerkleMap<TValue> None { get; } = new(null);

    /// <summary>How many values there are.</summary>
    public int Count => _root?.Count ?? 0;

    /// <summary>The hash over every key and value; zeros for an empty map.</summary>
    public Digest Root => _root?.Hash ?? default;

    /// <summary>Every value, in the order of the keys.</summary>
    public IEnumerable<TValue> Values
    {
        get
        {
            var open = new Stack<MerkleNode<TValue>>();
            if (_root is not null)
                open.Push(_root);
            while (open.TryPop(out var node))
            {
                if (node.Value is { } value)
                {
                    yield return value;
                    continue;
                }

                open.Push(node.One!);
                open.Push(node.Zero!);
            }
        }
    }

    /// <summary>The value of a key, or null.</summary>
    public TValue? Find(NodeId key) => Find(MerklePath.Of(key));

    /// <summary>The value of a key, or null.</summary>
    public TValue? Find(Digest key) => Find(MerklePath.Of(key));

    /// <summary>The map with this value under this key.</summary>
    public MerkleMap<TValue> Set(NodeId key, TValue value) =>
        new(Set(_root, MerkleNode<TValue>.Leaf(MerklePath.Of(key), value)));

    /// <summary>The map with this value under this key.</summary>
    public MerkleMap<TValue> Set(Digest key, TValue value) =>
        new(Set(_root, MerkleNode<TValue>.Leaf(MerklePath.Of(key), value)));

    /// <summary>The map without this key.</summary>
    public MerkleMap<TValue> Remove(NodeId key) => new(Remove(_root, MerklePath.Of(key)));

    /// <summary>The map without this key.</summary>
    public MerkleMap<TValue> Remove(Digest key) => new(Remove(_root, MerklePath.Of(key)));

    private TValue? Find(MerklePath path)
    {
        var node = _root;
        while (node is { IsLeaf: false })
            node = path[node.Bit] ? node.One : node.Zero;
        return node?.Path == path ? node.Value : null;
    }

    private static MerkleNode<TValue> Set(MerkleNode<TValue>? node, MerkleNode<TValue> leaf)
    {
        if (node is null)
            return leaf;
        var bit = node.Path.FirstDifference(leaf.Path);
        if (bit < node.Bit)
            return node.Join(bit, leaf);
        if (node.IsLeaf)
            return leaf;
        return leaf.Path[node.Bit]
            ? MerkleNode<TValue>.Branch(node.Bit, node.Zero!, Set(node.One, leaf))
            : MerkleNode<TValue>.Branch(node.Bit, Set(node.Zero, leaf), node.One!);
    }

    private static MerkleNode<TValue>? Remove(MerkleNode<TValue>? node, MerklePath path)
    {
        if (node is null || node.IsLeaf)
            return node?.Path == path ? null : node;
        var (side, other) = path[node.Bit] ? (node.One, node.Zero!) : (node.Zero, node.One!);
        var left = Remove(side, path);
        if (left is null)
            return other;
        if (left == side)
            return node;
        return path[node.Bit] ? MerkleNode<TValue>.Branch(node.Bit, other, left)
            : MerkleNode<TValue>.Branch(node.Bit, left, other);
    }
}
