namespace NuCypher.P2P.Simulator;

/// <summary>Cuts the power of nodes, as a scenario's churn says, until the faults of a run end.</summary>
internal sealed class Reaper(RunContext run)
{
    private readonly Churn _churn = run.Scenario.Faults.Churn;
    private readonly Random _random = run.World.Seed.Derive("churn").NewRandom();

    public void Start()
    {
        if (_churn.PercentPerHour == 0)
            return;
        var mean = TimeSpan.FromHours(1).Ticks * 100 / _churn.PercentPerHour / run.Nodes.Count;
        run.World.Time.Schedule(new TimeSpan(_random.NextInt64(2 * mean) + 1), Strike);
    }

    private void Strike()
    {
        if (!run.HasFaults)
            return;
        var node = run.Nodes[_random.Next(run.Nodes.Count)];
        var downtime = new TimeSpan(_random.NextInt64(_churn.MinDowntime.Ticks, _churn.MaxDowntime.Ticks + 1));
        new PowerCut(run, node, downtime).Strike(_random);
        Start();
    }
}
