namespace NuCypher.P2P.Simulator;

/// <summary>Nodes that lose power and come back with what is on their disks.</summary>
public sealed record Churn
{
    /// <summary>How many of all nodes go down within an hour, in per cent. Default none.</summary>
    public int PercentPerHour { get; init; }

    /// <summary>The shortest time down. Default 1 minute.</summary>
    public TimeSpan MinDowntime { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The longest time down. Default 19 minutes: 10 on the average.</summary>
    public TimeSpan MaxDowntime { get; init; } = TimeSpan.FromMinutes(19);

    /// <summary>Carries it out until the faults of a run end.</summary>
    internal void Start(RunContext run)
    {
        if (PercentPerHour > 0)
            new Reaper(run, this).PlanNext();
    }

    private sealed class Reaper(RunContext run, Churn churn)
    {
        private readonly Random _random = run.World.Seed.Derive("churn").NewRandom();

        public void PlanNext()
        {
            var mean = TimeSpan.FromHours(1).Ticks * 100 / churn.PercentPerHour / run.Nodes.Count;
            run.World.Time.Schedule(new TimeSpan(_random.NextInt64(2 * mean) + 1), Strike);
        }

        private void Strike()
        {
            if (!run.HasFaults)
                return;
            var node = run.Nodes[_random.Next(run.Nodes.Count)];
            var downtime = new TimeSpan(_random.NextInt64(churn.MinDowntime.Ticks, churn.MaxDowntime.Ticks + 1));
            new PowerCut(run, node, downtime).Strike(_random);
            PlanNext();
        }
    }
}
