namespace NuCypher.P2P.Actors.Reach;

/// <summary>How a node has others call it back, and calls others back.</summary>
public sealed record ReachOptions
{
    /// <summary>How often it asks; 10 minutes: three calls each way.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How soon it asks again after a round in which nobody reached it; 20 seconds.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How many Ursulas it asks; 3.</summary>
    public int Witnesses { get; init; } = 3;

    /// <summary>How long a round may take once Ursulas are found; 6 seconds.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromSeconds(6);

    /// <summary>How long a witness waits for the node that she calls back; 3 seconds.</summary>
    public TimeSpan CallBackLimit { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>The most nodes that are called back at once; 16. Beyond it the answer is busy.</summary>
    public int MaxCallBacks { get; init; } = 16;
}
