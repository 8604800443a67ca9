namespace NuCypher.P2P.Simulator;

/// <summary>What came of a run.</summary>
public sealed class SimulationResult
{
    internal SimulationResult(RunContext run, TimeSpan wallTime)
    {
        (Scenario, Seed, WallTime) = (run.Scenario, run.Seed, wallTime);
        (TraceHash, VirtualTime, Events) = (run.World.TraceHash, run.Elapsed, run.World.Loop.Steps);
        (Tally, Network) = (run.Tally, run.World.Network.Counters);
        Violations = [.. run.Violations];
        Sometimes = Simulator.Sometimes.Of(run);
        (Recording, LastEvents) = (run.Recorder.Recording, run.Recorder.Last);
        IsComplete = run.Elapsed >= run.End;
    }

    /// <summary>What was simulated.</summary>
    public Scenario Scenario { get; }

    /// <summary>The seed, which replays the run.</summary>
    public ulong Seed { get; }

    /// <summary>32 hexadecimal digits over everything that happened.</summary>
    public string TraceHash { get; }

    /// <summary>How much time passed in the world.</summary>
    public TimeSpan VirtualTime { get; }

    /// <summary>How much time passed outside.</summary>
    public TimeSpan WallTime { get; }

    /// <summary>Turns, posts and timers that were run.</summary>
    public long Events { get; }

    /// <summary>Events in a second outside.</summary>
    public double EventsPerSecond => Events / Math.Max(WallTime.TotalSeconds, 0.001);

    /// <summary>What happened, counted.</summary>
    public Tally Tally { get; }

    /// <summary>What became of everything that was sent.</summary>
    public NetworkCounters Network { get; }

    /// <summary>What must never happen and did.</summary>
    public IReadOnlyList<Violation> Violations { get; }

    /// <summary>What the scenario meant to make happen, and how often it did.</summary>
    public IReadOnlyList<Sometimes> Sometimes { get; }

    /// <summary>The last things that happened: faults, and what honest Ursulas answered.</summary>
    public IReadOnlyList<string> LastEvents { get; }

    /// <summary>What was measured on the way.</summary>
    public Recording Recording { get; }

    /// <summary>False if it was ended early, by a violation or from outside.</summary>
    public bool IsComplete { get; }
}
