namespace NuCypher.P2P.Simulator;

/// <summary>Cuts a node's power in the middle of its work, and starts it again after a while.</summary>
/// <param name="run">Where.</param>
/// <param name="node">Which; no effect if it is down.</param>
/// <param name="downtime">How long it stays down; it starts again after the faults of the run at the latest.</param>
internal sealed class PowerCut(RunContext run, SimulatedNode node, TimeSpan downtime)
{
    private readonly int _start = node.Machine.Starts;

    /// <summary>Lets it come soon.</summary>
    /// <param name="random">Draws the moment: among its actors' turns, or at a moment of its next write if one comes
    /// before.</param>
    public void Strike(Random random)
    {
        if (!node.Machine.IsUp)
            return;
        node.Machine.CrashAt((DiskMoment)random.Next(Enum.GetValues<DiskMoment>().Length), Come);
        node.Machine.CrashAfter(random.Next(1, 200), Come);
    }

    private void Come()
    {
        node.Machine.Disk.Reached = null;
        if (!run.HasFaults || !node.Machine.IsUp || node.Machine.Starts != _start)
            return;
        run.Tally.Add("crashes");
        run.Recorder.Say($"node {node.Machine.Index} loses power");
        node.Crash();
        var latest = run.LoadEnd - run.Elapsed;
        run.World.Time.Schedule(
            downtime < latest ? downtime : latest > TimeSpan.Zero ? latest : TimeSpan.Zero, Restart);
    }

    private void Restart()
    {
        if (node.Machine.IsUp)
            return;
        run.Tally.Add("restarts");
        run.Recorder.Say($"node {node.Machine.Index} starts again");
        node.Start();
    }
}
