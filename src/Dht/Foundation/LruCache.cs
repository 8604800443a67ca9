using System.Diagnostics.CodeAnalysis;

namespace NuCypher.P2P.Dht;

/// <summary>A map with a limit: the entry not used for the longest time gives way.</summary>
/// <param name="capacity">The most entries.</param>
/// <remarks>Entries lie in one array, linked by index both by hash and by age: a node keeps many small ones.</remarks>
public sealed class LruCache<TKey, TValue>(int capacity)
    where TKey : notnull, IEquatable<TKey>
{
    private const int None = -1;
    private const int FirstSize = 4;
    private const int SmallSize = 8;

    private int[] _heads = [];
    private Slot[] _slots = [];
    private int _free = None;
    private int _oldest = None;
    private int _newest = None;

    /// <summary>Entries.</summary>
    public int Count { get; private set; }

    /// <summary>Entries for which there is room.</summary>
    public int Room => _slots.Length;

    /// <summary>Finds an entry, which counts as its use.</summary>
    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        var index = Find(key);
        value = index == None ? default : _slots[index].Value;
        if (index != None && index != _newest)
        {
            Detach(index);
            Append(index);
        }
        return index != None;
    }

    /// <summary>Adds or changes an entry, which counts as its use.</summary>
    public void Set(TKey key, TValue value)
    {
        if (TryGet(key, out _))
        {
            _slots[_newest].Value = value;
            return;
        }
        if (Count == capacity)
            RemoveOldest();
        if (_free == None)
            Grow();
        var index = _free;
        _free = _slots[index].Newer;
        _slots[index] = new Slot { Key = key, Value = value };
        Append(index);
        Link(index);
        Count++;
    }

    /// <summary>The entry not used for the longest time; looking at it is no use.</summary>
    public bool TryPeekOldest([MaybeNullWhen(false)] out TValue value)
    {
        value = Count == 0 ? default : _slots[_oldest].Value;
        return Count > 0;
    }

    /// <summary>Forgets the entry not used for the longest time; there must be one.</summary>
    public void RemoveOldest() => RemoveAt(_oldest);

    /// <summary>Forgets an entry; no effect if there is none.</summary>
    public void Remove(TKey key)
    {
        if (Find(key) is not None and var index)
            RemoveAt(index);
    }

    private void RemoveAt(int index)
    {
        ref var link = ref _heads[Bucket(_slots[index].Key)];
        while (link != index)
            link = ref _slots[link].NextInBucket;
        link = _slots[index].NextInBucket;
        Detach(index);
        _slots[index] = new Slot { Newer = _free };
        _free = index;
        Count--;
        if (Count == 0 && _slots.Length > SmallSize)
            (_slots, _heads, _free) = ([], [], None);
    }

    private int Find(TKey key)
    {
        var index = Count == 0 ? None : _heads[Bucket(key)];
        while (index != None && !_slots[index].Key.Equals(key))
            index = _slots[index].NextInBucket;
        return index;
    }

    private int Bucket(TKey key) => (int)(unchecked((uint)key.GetHashCode()) % (uint)_heads.Length);

    private void Link(int index)
    {
        ref var head = ref _heads[Bucket(_slots[index].Key)];
        _slots[index].NextInBucket = head;
        head = index;
    }

    private void Append(int index)
    {
        (_slots[index].Older, _slots[index].Newer) = (_newest, None);
        if (_newest == None)
            _oldest = index;
        else
            _slots[_newest].Newer = index;
        _newest = index;
    }

    private void Detach(int index)
    {
        var (older, newer) = (_slots[index].Older, _slots[index].Newer);
        if (older == None)
            _oldest = newer;
        else
            _slots[older].Newer = newer;
        if (newer == None)
            _newest = older;
        else
            _slots[newer].Older = older;
    }

    private void Grow()
    {
        var size = Math.Min(capacity, Math.Max(FirstSize, 2 * _slots.Length));
        Array.Resize(ref _slots, size);
        _heads = new int[size | 1];
        Array.Fill(_heads, None);
        for (var index = _oldest; index != None; index = _slots[index].Newer)
            Link(index);
        for (var index = size - 1; index >= Count; index--)
            (_slots[index].Newer, _free) = (_free, index);
    }

    private struct Slot
    {
        public TKey Key;
        public TValue Value;
        public int NextInBucket;
        public int Older;
        public int Newer;
    }
}
