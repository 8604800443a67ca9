namespace NuCypher.P2P.Simulator;

/// <summary>
/// Carries out the episodes of one fault until the faults of a run end; then takes the last one back.
/// </summary>
internal sealed class Nemesis(RunContext run, FaultKind kind, Episodes episodes)
{
    private readonly Random _random = run.World.Seed.Derive("nemesis").Derive((int)kind).NewRandom();

    /// <summary>Starts all faults of a run.</summary>
    public static void StartAll(RunContext run)
    {
        new Reaper(run).Start();
        foreach (var (kind, episodes) in run.Scenario.Faults.Episodes.OrderBy(pair => pair.Key))
            new Nemesis(run, kind, episodes).Start();
    }

    private void Start()
    {
        if (episodes.Every > TimeSpan.Zero)
            run.World.Time.Schedule(Draw(2 * episodes.Every), Strike);
    }

    /// <summary>Machines of clients are spared, but for their clocks.</summary>
    private IEnumerable<SimulatedNode> Exposed =>
        kind == FaultKind.ClockJump ? run.Nodes.Concat(run.Clients) : run.Nodes;

    private void Strike()
    {
        if (!run.HasFaults)
            return;
        var left = run.LoadEnd - run.Elapsed;
        var length = episodes.Length < left ? episodes.Length : left;
        SimulatedNode[] group = [.. Exposed.Where(_ => episodes.Share.Draw(_random))];
        run.Recorder.Note(kind, length);
        var undo = Begin(group, length);
        run.World.Time.Schedule(length, undo);
        Start();
    }

    private Action Begin(SimulatedNode[] group, TimeSpan length) => kind switch
    {
        FaultKind.Partition => Break(Cut.Between(Indices(group), Others(group))),
        FaultKind.PartialPartition => Break(Cut.Partial(episodes.Share, new Seed((ulong)_random.NextInt64()))),
        FaultKind.Deafness => Break(Cut.Deaf(Indices(group))),
        FaultKind.Muteness => Break(Cut.Mute(Indices(group))),
        FaultKind.Clogging => Clog(group, length),
        FaultKind.Pause => ForEach(group, node => node.Machine.Pause(), node => node.Machine.Resume()),
        FaultKind.CrashLoop => Loop(group),
        FaultKind.FailingDisk =>
            Damage(group, new DiskConditions { Failure = Chance.Of(0.2), UnknownOutcome = Chance.Of(0.1) }),
        FaultKind.FullDisk => Damage(group, new DiskConditions { IsFull = true }),
        FaultKind.ClockStep => SetClocks(group, () => Draw(2 * FaultPlan.MaxClockStep) - FaultPlan.MaxClockStep),
        FaultKind.ClockJump => SetClocks(group, () => (_random.Next(2) == 0 ? 1 : -1) * FaultPlan.ClockJump),
        _ => new Twins(run, group).Start(),
    };

    private Action Break(Cut cut)
    {
        run.World.Network.Cuts.Add(cut);
        return () => run.World.Network.Cuts.Remove(cut);
    }

    private Action Clog(SimulatedNode[] group, TimeSpan length)
    {
        Swizzle.Start(run.World.Time, group.Select(node => node.Machine.Host), length, _random);
        return () => { };
    }

    private Action Damage(SimulatedNode[] group, DiskConditions conditions) => ForEach(
        group, node => node.Machine.Disk.Conditions = conditions,
        node => node.Machine.Disk.Conditions = run.Scenario.Disk);

    private static Action SetClocks(SimulatedNode[] group, Func<TimeSpan> draw)
    {
        var steps = group.ToDictionary(node => node, _ => draw());
        return ForEach(
            group, node => node.Machine.StepClock(steps[node]), node => node.Machine.StepClock(-steps[node]));
    }

    private Action Loop(SimulatedNode[] group)
    {
        var isOver = false;
        foreach (var node in group)
            CrashAgain(node);
        return () => isOver = true;

        void CrashAgain(SimulatedNode node)
        {
            if (isOver || !run.HasFaults)
                return;
            new PowerCut(run, node, Draw(TimeSpan.FromSeconds(5))).Strike(_random);
            run.World.Time.Schedule(Draw(TimeSpan.FromSeconds(20)), () => CrashAgain(node));
        }
    }

    private static Action ForEach(SimulatedNode[] group, Action<SimulatedNode> begin, Action<SimulatedNode> end)
    {
        Array.ForEach(group, begin);
        return () => Array.ForEach(group, end);
    }

    private static HashSet<int> Indices(IEnumerable<SimulatedNode> group) =>
        [.. group.Select(node => node.Machine.Index)];

    private HashSet<int> Others(SimulatedNode[] group) =>
        [.. Indices(run.Nodes.Concat(run.Clients)).Except(Indices(group))];

    private TimeSpan Draw(TimeSpan max) => new(_random.NextInt64(max.Ticks + 1));
}
