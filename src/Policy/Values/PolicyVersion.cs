namespace NuCypher.P2P.Policy;

/// <summary>
/// The order of Alice's words about one policy: each of her orders has a higher version than the one before.
/// </summary>
/// <remarks>
/// A number that orders, and no time: Alice takes her clock in milliseconds since 1970 where it is higher, so that she
/// is past her old orders even if she lost her books, but nobody compares a version with a clock. So a clock that was
/// wrong once costs her numbers, of which there are enough for 2^62 orders, and never the power to give one.
/// </remarks>
/// <param name="Number">At most <see cref="Max"/>.</param>
public readonly record struct PolicyVersion(ulong Number) : IComparable<PolicyVersion>
{
    /// <summary>The highest version that is read: no clock comes near it.</summary>
    public const ulong Max = 1UL << 62;

    /// <summary>The version that a clock gives: its milliseconds since 1970.</summary>
    public PolicyVersion(DateTimeOffset clock) : this((ulong)Math.Max(0, clock.ToUnixTimeMilliseconds()))
    {
    }

    /// <summary>
    /// The version for an order given now: later than <paramref name="last"/> whatever the clock shows.
    /// </summary>
    public static PolicyVersion Next(PolicyVersion? last, DateTimeOffset now)
    {
        var fromClock = new PolicyVersion(now);
        return last is { } earlier && earlier >= fromClock ? new(earlier.Number + 1) : fromClock;
    }

    /// <inheritdoc/>
    public int CompareTo(PolicyVersion other) => Number.CompareTo(other.Number);

    /// <summary>Whether the first order came before the second.</summary>
    public static bool operator <(PolicyVersion left, PolicyVersion right) => left.Number < right.Number;

    /// <summary>Whether the first order came after the second.</summary>
    public static bool operator >(PolicyVersion left, PolicyVersion right) => left.Number > right.Number;

    /// <summary>Whether the first order did not come after the second.</summary>
    public static bool operator <=(PolicyVersion left, PolicyVersion right) => left.Number <= right.Number;

    /// <summary>Whether the first order did not come before the second.</summary>
    public static bool operator >=(PolicyVersion left, PolicyVersion right) => left.Number >= right.Number;

    /// <summary>The sequence number of records that carry this version.</summary>
    public ulong ToSequence() => Number;
}
