namespace NuCypher.P2P.Policy;

/// <summary>The order of Alice's words about one policy: each of her orders has a higher version than the one before.</summary>
/// <remarks>
/// A version is Alice's clock, in milliseconds, so that an order is fresh or stale by itself and a tombstone, which keeps a
/// time only, still knows which orders came too late.
/// </remarks>
/// <param name="IssuedAt">When Alice gave the order, by her clock.</param>
public readonly record struct PolicyVersion(DateTimeOffset IssuedAt) : IComparable<PolicyVersion>
{
    /// <summary>The version for an order given now: later than <paramref name="last"/> even if the clock went back.</summary>
    public static PolicyVersion Next(PolicyVersion? last, DateTimeOffset now)
    {
        var milliseconds = now.ToUnixTimeMilliseconds();
        if (last is { } earlier)
            milliseconds = Math.Max(milliseconds, earlier.IssuedAt.ToUnixTimeMilliseconds() + 1);
        return new(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds));
    }

    /// <inheritdoc/>
    public int CompareTo(PolicyVersion other) => IssuedAt.CompareTo(other.IssuedAt);

    /// <summary>Whether the first order came before the second.</summary>
    public static bool operator <(PolicyVersion left, PolicyVersion right) => left.IssuedAt < right.IssuedAt;

    /// <summary>Whether the first order came after the second.</summary>
    public static bool operator >(PolicyVersion left, PolicyVersion right) => left.IssuedAt > right.IssuedAt;

    /// <summary>Whether the first order did not come after the second.</summary>
    public static bool operator <=(PolicyVersion left, PolicyVersion right) => left.IssuedAt <= right.IssuedAt;

    /// <summary>Whether the first order did not come before the second.</summary>
    public static bool operator >=(PolicyVersion left, PolicyVersion right) => left.IssuedAt >= right.IssuedAt;

    /// <summary>Milliseconds since 1970: the sequence number of records that carry this version.</summary>
    public ulong ToSequence() => (ulong)IssuedAt.ToUnixTimeMilliseconds();
}
