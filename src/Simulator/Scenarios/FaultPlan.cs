namespace NuCypher.P2P.Simulator;

/// <summary>Every fault of a scenario but those of the network's ordinary conditions.</summary>
public sealed record FaultPlan
{
    /// <summary>How far a clock is set at most by <see cref="FaultKind.ClockStep"/>.</summary>
    public static readonly TimeSpan MaxClockStep = TimeSpan.FromMinutes(2);

    /// <summary>How far a clock is set by <see cref="FaultKind.ClockJump"/>.</summary>
    public static readonly TimeSpan ClockJump = TimeSpan.FromDays(20);

    /// <summary>Nodes that lose power now and then.</summary>
    public Churn Churn { get; init; } = new();

    /// <summary>How many nodes sit behind a router that lets in only answers.</summary>
    public Chance Unreachable { get; init; }

    /// <summary>The others; what is not there never happens.</summary>
    public IReadOnlyDictionary<FaultKind, Episodes> Episodes { get; init; } =
        new SortedDictionary<FaultKind, Episodes>();

    /// <summary>True if clocks are set, by little or by much.</summary>
    internal bool AreClocksSet =>
        Episodes.ContainsKey(FaultKind.ClockStep) || Episodes.ContainsKey(FaultKind.ClockJump);
}
