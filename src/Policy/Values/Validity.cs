namespace NuCypher.P2P.Policy;

/// <summary>
/// The time in which a policy is served: from <c>NotBefore</c> on, until just before <c>NotAfter</c>.
/// </summary>
/// <param name="NotBefore">The first moment.</param>
/// <param name="NotAfter">The end; at this moment it is over.</param>
public readonly record struct Validity(DateTimeOffset NotBefore, DateTimeOffset NotAfter)
{
    /// <summary>Whether re-encryption is allowed at this moment.</summary>
    public bool Contains(DateTimeOffset now) => NotBefore <= now && now < NotAfter;

    /// <summary>Whether the time is over.</summary>
    public bool IsOver(DateTimeOffset now) => now >= NotAfter;

    /// <summary>Whether there is at least a millisecond from start to end.</summary>
    internal bool CanBegin => InMilliseconds(NotBefore) < InMilliseconds(NotAfter);

    /// <summary>Both times cut to whole milliseconds, as they are written.</summary>
    /// <exception cref="ArgumentException">The end is not after the start.</exception>
    internal Validity InMilliseconds() => CanBegin
        ? new Validity(InMilliseconds(NotBefore), InMilliseconds(NotAfter))
        : throw new ArgumentException("A policy ends after it begins.");

    private static DateTimeOffset InMilliseconds(DateTimeOffset time) =>
        DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds());
}
