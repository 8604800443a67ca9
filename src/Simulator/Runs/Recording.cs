namespace NuCypher.P2P.Simulator;

/// <summary>What was measured in a run, in order of time: enough for a report.</summary>
/// <param name="Samples">The counts, every ten seconds or, in long runs, more seldom.</param>
/// <param name="Faults">What began when, and how long it lasted.</param>
/// <param name="RecordsHeld">How many records each serving node that was up kept for others in the end.</param>
/// <param name="BytesHeld">How many bytes these records have, node by node as there.</param>
/// <param name="Captured">By plan, how many policies were granted, and how many of these to a threshold of Ursulas that
/// cheat.</param>
/// <param name="Latencies">How many lookups and retrievals took how long, in steps of <see cref="LatencyStep"/>; the
/// last holds all longer ones.</param>
public sealed record Recording(
    IReadOnlyList<Sample> Samples,
    IReadOnlyList<FaultMark> Faults,
    IReadOnlyList<int> RecordsHeld,
    IReadOnlyList<long> BytesHeld,
    IReadOnlyDictionary<SharePlan, (int Granted, int Captured)> Captured,
    IReadOnlyDictionary<string, long[]> Latencies)
{
    /// <summary>The width of a latency bucket.</summary>
    public static readonly TimeSpan LatencyStep = TimeSpan.FromMilliseconds(100);

    /// <summary>How many latency buckets there are: up to 8 s.</summary>
    public const int LatencyBuckets = 80;
}
