namespace NuCypher.P2P.Policy;

/// <summary>The time in which a policy is served: from <c>NotBefore</c> on, until just before <c>NotAfter</c>.</summary>
/// <param name="NotBefore">The first moment.</param>
/// <param name="NotAfter">The end; at this moment it is over.</param>
public readonly record struct Validity(DateTimeOffset NotBefore, DateTimeOffset NotAfter)
{
    /// <summary>Whether re-encryption is allowed at this moment.</summary>
    public bool Contains(DateTimeOffset now) => NotBefore <= now && now < NotAfter;

    /// <summary>Whether the time is over.</summary>
    public bool IsOver(DateTimeOffset now) => now >= NotAfter;

    /// <summary>From start to end.</summary>
    public TimeSpan Duration => NotAfter - NotBefore;
}
