namespace NuCypher.P2P.Dht;

/// <summary>How often a host and its subnet may ask, and how often one key may be stored.</summary>
internal sealed class RequestBudgets(KademliaOptions options)
{
    private readonly LruCache<NodeAddress, TokenBucket> _hosts = new(options.MaxCountedSources);
    private readonly LruCache<NodeAddress, TokenBucket> _subnets = new(options.MaxCountedSources);
    private readonly LruCache<NodeId, TokenBucket> _keys = new(options.MaxCountedSources);

    /// <summary>Whether a source may ask once more now.</summary>
    public bool Allow(NodeAddress from, DateTimeOffset now) =>
        (options.ExemptLoopback && from.IsLoopback)
        || (TryTake(_hosts, from.Host, options.RequestRate, options.RequestBurst, now)
            && TryTake(_subnets, from.Subnet, options.SubnetRequestRate, options.SubnetRequestBurst, now));

    /// <summary>Whether something may be stored under a key once more now.</summary>
    public bool AllowStore(NodeId key, DateTimeOffset now) =>
        TryTake(_keys, key, options.KeyStoreRate, options.KeyStoreBurst, now);

    private static bool TryTake<TKey>(
        LruCache<TKey, TokenBucket> buckets, TKey key, int rate, int burst, DateTimeOffset now)
        where TKey : notnull, IEquatable<TKey>
    {
        while (buckets.TryPeekOldest(out var oldest) && oldest.IsFull(now))
            buckets.RemoveOldest();
        if (!buckets.TryGet(key, out var bucket))
            buckets.Set(key, bucket = new TokenBucket(rate, burst, now));
        return bucket.TryTake(now);
    }
}
