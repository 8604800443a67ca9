using System.Diagnostics;

namespace NuCypher.P2P.Simulator;

/// <summary>
/// One run of a scenario from one seed: nodes join, load and faults go on for a while, then everything heals and must
/// work.
/// </summary>
/// <param name="scenario">What is simulated.</param>
/// <param name="seed">Decides everything that the scenario leaves open.</param>
/// <param name="guardsThreadPool">True to fail if the process's thread pool worked meanwhile; only if nothing else runs
/// in the process.</param>
/// <param name="stop">Ends it at any moment, also while the world is built.</param>
public sealed class Simulation(
    Scenario scenario, ulong seed, bool guardsThreadPool = false, CancellationToken stop = default)
{
    private static readonly TimeSpan Slice = TimeSpan.FromSeconds(10);

    private readonly SimulationBuilder _built = new(scenario, seed, guardsThreadPool, stop);

    /// <summary>The world that is simulated, and what is known about it.</summary>
    public RunContext Context => _built.Context;

    /// <summary>Runs it to the end, or to the first violation.</summary>
    /// <param name="progressed">Called after each 10 s of virtual time; false ends the run early.</param>
    public SimulationResult Run(Func<RunContext, bool>? progressed = null)
    {
        var start = Stopwatch.GetTimestamp();
        var stored = new StoredPolicies(Context);
        stored.Store(stop);
        StartNodes();
        Context.World.Time.Schedule(Context.LoadStart, () => StartLoad(stored));
        Context.World.Time.Schedule(Context.LoadEnd, () => Context.HasFaults = false);
        var goesOn = true;
        while (goesOn && !stop.IsCancellationRequested
            && Context.Elapsed < Context.End && Context.Violations.Count == 0)
        {
            RunSlice();
            goesOn = progressed is null || progressed(Context);
        }

        if (Context.Elapsed >= Context.End)
            CheckAtTheEnd();
        return new SimulationResult(Context, Stopwatch.GetElapsedTime(start));
    }

    /// <summary>Lets all nodes start and find each other, without any load.</summary>
    internal void RunUntilLoad()
    {
        StartNodes();
        Context.World.RunFor(Context.LoadStart);
    }

    private void RunSlice()
    {
        var left = Context.End - Context.Elapsed;
        Context.World.Loop.RunUntil(() => stop.IsCancellationRequested, Slice < left ? Slice : left);
        Context.ThrowIfFailed();
        Context.Recorder.Sample();
    }

    private void StartNodes()
    {
        SimulatedNode[] all = [.. Context.Nodes, .. Context.Clients];
        for (var i = 0; i < all.Length; i++)
            Context.World.Time.Schedule(
                new TimeSpan(TimeSpan.TicksPerSecond * i / Context.Scenario.StartsPerSecond), all[i].Start);
    }

    private void StartLoad(StoredPolicies stored)
    {
        var scenario = Context.Scenario;
        Context.HasFaults = true;
        var (conspiracy, ursulas) = (_built.Conspiracy, _built.Witnesses.Service);
        var count = Context.Clients.Count > 1 ? scenario.Policies.Count : 0;
        PolicyLife[] policies =
            [.. Enumerable.Range(0, count).Select(i => new PolicyLife(Context, conspiracy, ursulas, i))];
        Nemesis.StartAll(Context);
        conspiracy.Start([.. policies.Select(policy => policy.MapKey)]);
        foreach (var policy in policies)
            Context.Add(policy.RunAsync());
        if (scenario.LookupsPerMinute > 0)
            Context.Add(new LookupLoad(Context).RunAsync());
        Context.Add(stored.WatchAsync());
        var tables = new TableWitness(Context);
        Context.Add(tables.RunAsync());
        Context.Add(tables.CountAsync());
    }

    private void CheckAtTheEnd()
    {
        _built.Witnesses.CheckAtTheEnd();
        if (Context.Violations.Count == 0)
            DemandCheck.Check(Context);
    }
}
