namespace NuCypher.P2P.UrsulaBench;

/// <summary>What one part came to.</summary>
internal sealed record Figures
{
    /// <summary>Which.</summary>
    public required string Part { get; init; }

    /// <summary>How long it took by the clock on the wall.</summary>
    public required double Seconds { get; init; }

    /// <summary>What was done; for a deposit arrangement and deposit together.</summary>
    public required int Operations { get; init; }

    /// <summary>Operations a second.</summary>
    public required double PerSecond { get; init; }

    /// <summary>Capsules a second; null where there are none.</summary>
    public double? CapsulesPerSecond { get; init; }

    /// <summary>Milliseconds from the last byte sent to the last byte read, of the request that ends an
    /// operation.</summary>
    public required double P50Ms { get; init; }

    /// <summary>The same, below which 95 of 100 are.</summary>
    public required double P95Ms { get; init; }

    /// <summary>The same, below which 99 of 100 are.</summary>
    public required double P99Ms { get; init; }

    /// <summary>The longest.</summary>
    public required double MaxMs { get; init; }

    /// <summary>Answers that were not 200, by their status.</summary>
    public required IReadOnlyDictionary<string, int> Others { get; init; }

    /// <summary>The node's processor time for an operation, in microseconds.</summary>
    public required double NodeCpuUs { get; init; }

    /// <summary>The clients' processor time for an operation, in microseconds.</summary>
    public required double ClientCpuUs { get; init; }

    /// <summary>Memory of the node's process at the end, in megabytes of 2^20.</summary>
    public required double NodeMb { get; init; }

    /// <summary>Processes that wanted a processor in the last minute, by the system: two cores and this run account for
    /// some.</summary>
    public required double Load { get; init; }
}
