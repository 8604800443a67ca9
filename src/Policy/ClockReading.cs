namespace NuCypher.P2P.Policy;

/// <summary>
/// A moment as a <see cref="ClockGuard"/> sees it: between two bounds, which are one while there is no doubt.
/// </summary>
/// <param name="Now">What the clock shows: what is signed, and what askers' clocks are compared with.</param>
/// <param name="Earliest">Nothing that is after this has begun for certain.</param>
/// <param name="Latest">Nothing that is after this is over; what is before it may be.</param>
/// <param name="Passed">Has passed for certain, whichever of its times the clock is right about.</param>
/// <param name="MayDelete">Whether what was over at <paramref name="Passed"/> may be deleted.</param>
/// <param name="Uptime">Since the start, by the monotonic clock.</param>
public readonly record struct ClockReading(
    DateTimeOffset Now, DateTimeOffset Earliest, DateTimeOffset Latest, DateTimeOffset Passed, bool MayDelete,
    TimeSpan Uptime)
{
    /// <summary>Whether the clock jumped, so that it or its past is wrong: nothing that lasts is promised.</summary>
    public bool IsDoubtful => Earliest != Latest;

    /// <summary>By the clock as it was before it jumped: what lasts is signed with it.</summary>
    public DateTimeOffset Trusted => Earliest == Now ? Latest : Earliest;

    /// <summary>What ended up to then has ended for certain; the beginning of time if nothing has.</summary>
    public DateTimeOffset Over => MayDelete ? Passed : DateTimeOffset.MinValue;

    /// <summary>A reading without doubt.</summary>
    public static ClockReading Certain(DateTimeOffset now, TimeSpan uptime) => new(now, now, now, now, true, uptime);
}
