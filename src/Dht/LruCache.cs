using System.Diagnostics.CodeAnalysis;

namespace NuCypher.P2P.Dht;

/// <summary>A map with a limit: the entry not used for the longest time gives way.</summary>
internal sealed class LruCache<TKey, TValue>(int capacity)
    where TKey : notnull
{
    private readonly Dictionary<TKey, LinkedListNode<(TKey Key, TValue Value)>> _nodes = [];
    private readonly LinkedList<(TKey Key, TValue Value)> _order = [];

    public int Count => _nodes.Count;

    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        var found = _nodes.TryGetValue(key, out var node);
        value = found ? node!.Value.Value : default;
        if (found)
            MoveToEnd(node!);
        return found;
    }

    public void Set(TKey key, TValue value)
    {
        if (_nodes.TryGetValue(key, out var node))
        {
            node.Value = (key, value);
            MoveToEnd(node);
            return;
        }
        if (_nodes.Count == capacity)
            RemoveOldest();
        _nodes[key] = _order.AddLast((key, value));
    }

    private void MoveToEnd(LinkedListNode<(TKey Key, TValue Value)> node)
    {
        _order.Remove(node);
        _order.AddLast(node);
    }

    private void RemoveOldest()
    {
        _nodes.Remove(_order.First!.Value.Key);
        _order.RemoveFirst();
    }
}
