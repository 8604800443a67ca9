namespace NuCypher.P2P.Simulator;

/// <summary>Nodes that lose power and come back with what is on their disks.</summary>
public sealed record Churn
{
    /// <summary>How many of all nodes go down within an hour, in per cent. Default none.</summary>
    public int PercentPerHour { get; init; }

    /// <summary>The shortest time down. Default 1 minute.</summary>
    public TimeSpan MinDowntime { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The longest time down. Default 19 minutes: 10 on the average.</summary>
    public TimeSpan MaxDowntime { get; init; } = TimeSpan.FromMinutes(19);
}
