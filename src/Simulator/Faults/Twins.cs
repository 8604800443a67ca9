namespace NuCypher.P2P.Simulator;

/// <summary>
/// Two processes with one identity: the operator starts a node on another machine while the first one still runs on the
/// same journal.
/// </summary>
internal sealed class Twins(RunContext run, SimulatedNode[] group)
{
    /// <summary>Starts the second processes.</summary>
    /// <returns>Ends them, and starts the first ones anew.</returns>
    public Action Start()
    {
        var twins = new List<SimulatedNode>();
        foreach (var node in group.Where(node => node.Machine.IsUp))
        {
            var twin = node.OnAnotherMachine(run.World.AddMachine(node.Machine.Disk));
            twin.Start();
            twins.Add(twin);
        }

        return () => End(twins);
    }

    private void End(List<SimulatedNode> twins)
    {
        foreach (var twin in twins)
            twin.Stop();
        foreach (var node in group)
        {
            node.Stop();
            node.Start();
        }
    }
}
