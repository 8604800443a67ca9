using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Policy.Ursula;

/// <summary>How often one identity may ask an Ursula: a token bucket for each Alice and each Bob.</summary>
/// <remarks>
/// A request is looked at by the identity that it claims, and paid for by the one that was verified: who claims
/// another's key takes nothing of hers, and gains nothing by it. The identity that asked least lately gives way. Pure:
/// time is an argument.
/// </remarks>
public sealed class IdentityBudgets(UrsulaOptions options)
{
    private readonly LruCache<Digest, TokenBucket> _buckets = new(options.MaxCountedIdentities);

    /// <summary>How many identities are remembered.</summary>
    public int Count => _buckets.Count;

    /// <summary>Whether this identity may ask once more now; takes nothing.</summary>
    public bool MayAsk(Digest identity, DateTimeOffset now) =>
        !_buckets.TryGet(identity, out var bucket) || bucket.CanTake(now);

    /// <summary>This identity asked, and it was she.</summary>
    public void Charge(Digest identity, DateTimeOffset now)
    {
        while (_buckets.TryPeekOldest(out var oldest) && oldest.IsFull(now))
            _buckets.RemoveOldest();
        if (!_buckets.TryGet(identity, out var bucket))
            _buckets.Set(identity, bucket = new TokenBucket(options.IdentityRate, options.IdentityBurst, now));
        bucket.TryTake(now);
    }
}
