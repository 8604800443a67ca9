using NuCypher.P2P.Policy.Text;

namespace NuCypher.P2P.Simulator;

/// <summary>Takes the samples of a run; in a long run, every other one is dropped again and again.</summary>
internal sealed class Recorder(RunContext run)
{
    private const int MaxSamples = 720;
    private const int MaxFaults = 5_000;
    private const int MaxLast = 30;

    private readonly List<Sample> _samples = [];
    private readonly List<FaultMark> _faults = [];
    private readonly SortedDictionary<string, long[]> _latencies = new(StringComparer.Ordinal);
    private readonly List<int> _recordsHeld = [];
    private readonly List<long> _bytesHeld = [];
    private readonly Dictionary<SharePlan, (int Granted, int Captured)> _captured = [];
    private readonly Queue<string> _last = new();
    private int _slices;
    private int _every = 1;

    public Recording Recording => new(_samples, _faults, _recordsHeld, _bytesHeld, _captured, _latencies);

    public void Sample()
    {
        if (_slices++ % _every != 0)
            return;
        _samples.Add(Take());
        if (_samples.Count < MaxSamples)
            return;
        _every *= 2;
        for (var i = _samples.Count - 1; i > 0; i -= 2)
            _samples.RemoveAt(i);
    }

    /// <summary>Notes how many records a node keeps in the end.</summary>
    public void CountRecords(int held, long bytes)
    {
        _recordsHeld.Add(held);
        _bytesHeld.Add(bytes);
    }

    /// <summary>Notes to how many Ursulas that cheat the shares of a grant went.</summary>
    public void CountGrant(SharePlan plan, int hostile)
    {
        var (granted, captured) = _captured.GetValueOrDefault(plan);
        _captured[plan] = (granted + 1, captured + (hostile >= plan.Threshold ? 1 : 0));
    }

    /// <summary>The last things that were worth a line.</summary>
    public IReadOnlyList<string> Last => [.. _last];

    /// <summary>Notes something worth a line, in case that the run fails soon.</summary>
    public void Say(string line)
    {
        if (_last.Count == MaxLast)
            _last.Dequeue();
        _last.Enqueue($"{TimeWords.Of(run.Elapsed)}: {line}");
    }

    /// <summary>Notes that a fault began.</summary>
    public void Note(FaultKind kind, TimeSpan length)
    {
        run.Tally.Add($"fault {kind}");
        if (_faults.Count < MaxFaults)
            _faults.Add(new FaultMark(kind.ToString(), run.Elapsed, length));
        Say($"{kind} for {TimeWords.Of(length)}");
    }

    /// <summary>Notes how long something took.</summary>
    public void Measure(string what, TimeSpan time)
    {
        if (!_latencies.TryGetValue(what, out var buckets))
            _latencies[what] = buckets = new long[Recording.LatencyBuckets];
        buckets[Math.Min(time.Ticks / Recording.LatencyStep.Ticks, buckets.Length - 1)]++;
    }

    private Sample Take()
    {
        var (tally, network) = (run.Tally, run.World.Network.Counters);
        return new Sample(
            run.Elapsed,
            tally["lookups"],
            tally["lookups failed"],
            tally["hops"],
            Sum(""),
            Sum("failed "),
            network.Sent,
            network.Bytes,
            run.Nodes.Count(node => node.Machine.IsUp));

        long Sum(string kind) => run.Scenario.Policies.Plans.Distinct().Sum(plan => tally[$"reads {kind}{plan}"]);
    }
}
