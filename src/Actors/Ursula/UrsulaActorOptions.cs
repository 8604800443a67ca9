namespace NuCypher.P2P.Actors.Ursula;

/// <summary>How an Ursula keeps her policies in memory.</summary>
public sealed record UrsulaActorOptions
{
    /// <summary>A policy that nobody asked about for this long leaves memory; 2 minutes.</summary>
    public TimeSpan IdleTime { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// The most policies in memory at once; 20,000, about 60 MB. Beyond it the one that is in longest leaves.
    /// </summary>
    public int MaxActivePolicies { get; init; } = 20_000;

    /// <summary>How many policies the index takes from the journal at once after a start; 1,000.</summary>
    public int RecoveryBatch { get; init; } = 1000;

    /// <summary>
    /// How many policies out of memory end in one transaction; 100, some 10 ms of work. Then the node rests as long.
    /// </summary>
    public int EndBatch { get; init; } = 100;

    /// <summary>The wait before deleting, or a write that failed, is tried again; 5 seconds.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(5);
}
