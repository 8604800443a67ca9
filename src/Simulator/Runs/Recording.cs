namespace NuCypher.P2P.Simulator;

/// <summary>What was measured in a run, in order of time: enough for a report.</summary>
/// <param name="Samples">The counts, every ten seconds or, in long runs, more seldom.</param>
/// <param name="Faults">What began when, and how long it lasted.</param>
/// <param name="Latencies">How many lookups and retrievals took how long, in steps of <see cref="LatencyStep"/>; the last holds all longer ones.</param>
public sealed record Recording(
    IReadOnlyList<Sample> Samples, IReadOnlyList<FaultMark> Faults, IReadOnlyDictionary<string, long[]> Latencies)
{
    /// <summary>The width of a latency bucket.</summary>
    public static readonly TimeSpan LatencyStep = TimeSpan.FromMilliseconds(100);

    /// <summary>How many latency buckets there are: up to 8 s.</summary>
    public const int LatencyBuckets = 80;
}
