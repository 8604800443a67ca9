namespace NuCypher.P2P.Node.Configuration;

/// <summary>How a node looks after itself.</summary>
internal sealed record HealthOptions
{
    /// <summary>How often it looks and logs what has changed, beside every question for its health; 60
    /// seconds.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long what it found is the answer to further questions; 2 seconds.</summary>
    public TimeSpan Memory { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Below so much free room on the journal's disk it is not ready, in MiB; 64.</summary>
    public int MinFreeMebibytes { get; init; } = 64;

    /// <summary>A write to the journal that takes longer is a fault of the disk; 2 seconds.</summary>
    public TimeSpan SlowWrite { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How far the clock may be from those of other nodes; 30 seconds, half of what an Ursula allows
    /// Bob.</summary>
    public TimeSpan ClockTolerance { get; init; } = TimeSpan.FromSeconds(30);
}
