using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Policy.Mediation;

/// <summary>How many messages are looked at, of one host and of all together: a bucket each, which fills up
/// again.</summary>
/// <remarks>
/// A keyed hash spreads hosts over a fixed number of buckets, so that a flood from many addresses costs no memory.
/// What is saved up is four seconds' worth. Pure: the time is an argument.
/// </remarks>
/// <param name="perHost">A second.</param>
/// <param name="total">A second.</param>
/// <param name="key">Unpredictable, so that nobody can choose addresses that share a bucket with a victim's.</param>
public sealed class SourceBudget(int perHost, int total, int key)
{
    private const int Buckets = 1_024;
    private const int SavedSeconds = 4;

    private readonly (double Tokens, TimeSpan At)[] _hosts = NewBuckets(perHost);
    private (double Tokens, TimeSpan At) _all = (total * SavedSeconds, TimeSpan.Zero);

    /// <summary>Takes one of a host's and one of all; false, and nothing is taken, if there is none left.</summary>
    public bool TryTake(NodeAddress from, TimeSpan now)
    {
        ref var host = ref _hosts[BucketOf(from)];
        Fill(ref host, perHost, now);
        Fill(ref _all, total, now);
        if (host.Tokens < 1 || _all.Tokens < 1)
            return false;
        host.Tokens--;
        _all.Tokens--;
        return true;
    }

    private static (double Tokens, TimeSpan At)[] NewBuckets(int perHost)
    {
        var buckets = new (double Tokens, TimeSpan At)[Buckets];
        Array.Fill(buckets, (perHost * SavedSeconds, TimeSpan.Zero));
        return buckets;
    }

    private static void Fill(ref (double Tokens, TimeSpan At) bucket, int rate, TimeSpan now)
    {
        if (now <= bucket.At)
            return;
        bucket.Tokens = Math.Min(rate * SavedSeconds, bucket.Tokens + (rate * (now - bucket.At).TotalSeconds));
        bucket.At = now;
    }

    // Of an IPv6 address the first half: one customer has all of the rest.
    private int BucketOf(NodeAddress from)
    {
        Span<byte> bytes = stackalloc byte[16];
        from.WriteAddress(bytes);
        var hash = unchecked((uint)key);
        foreach (var octet in from.IsIPv4 ? bytes[12..] : bytes[..8])
            hash = unchecked((hash ^ octet) * 0x0100_0193) ^ (hash >> 15);
        return (int)(hash % Buckets);
    }
}
