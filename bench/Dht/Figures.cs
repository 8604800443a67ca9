namespace NuCypher.P2P.DhtBench;

/// <summary>What one part of the bench measured; what does not apply is null and not printed.</summary>
internal sealed record Figures
{
    /// <summary>Operations.</summary>
    public int? Operations { get; init; }

    /// <summary>Operations that ended as they should.</summary>
    public int? Correct { get; init; }

    /// <summary>Processor time of the whole network for one operation, in microseconds.</summary>
    public double? CpuUs { get; init; }

    /// <summary>The median wait, in milliseconds.</summary>
    public double? P50Ms { get; init; }

    /// <summary>The wait that one in a hundred exceeds, in milliseconds.</summary>
    public double? P99Ms { get; init; }

    /// <summary>Operations a second; of the echo: answers a second of processor time.</summary>
    public double? PerSecond { get; init; }

    /// <summary>Datagrams that the whole network sent for one operation; of a join, those of one node.</summary>
    public double? Datagrams { get; init; }

    /// <summary>Bytes allocated by the whole network for one operation.</summary>
    public double? Bytes { get; init; }

    /// <summary>
    /// Resident memory of the process beyond the runtime's and the actor system's, in KiB for each node.
    /// </summary>
    public double? KibPerNode { get; init; }

    /// <summary>Resident memory of the whole process, in KiB for each node.</summary>
    public double? ProcessKibPerNode { get; init; }

    /// <summary>Threads of the process.</summary>
    public int? Threads { get; init; }

    /// <summary>How often a thread of the process was woken in a second in which nothing was asked.</summary>
    public double? WakeUpsPerSecond { get; init; }

    /// <summary>Processor time of the process in such a second, in milliseconds.</summary>
    public double? IdleCpuMs { get; init; }
}
