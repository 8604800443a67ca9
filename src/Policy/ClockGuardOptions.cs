namespace NuCypher.P2P.Policy;

/// <summary>How long a wall clock is doubted.</summary>
public sealed record ClockGuardOptions
{
    /// <summary>
    /// How far the wall clock may run from the monotonic one between two readings; 2 seconds. More is a jump.
    /// </summary>
    public TimeSpan Tolerance { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long after a start nothing is deleted by the clock, and a clock that jumps is served by at once; 30 seconds:
    /// a machine's clock is often set at its start.
    /// </summary>
    public TimeSpan StartDoubt { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a clock that jumped must keep to its new time before it is believed; 10 minutes.</summary>
    public TimeSpan JumpDoubt { get; init; } = TimeSpan.FromMinutes(10);
}
