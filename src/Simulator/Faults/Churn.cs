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
    internal void Start(Simulation simulation)
    {
        if (PercentPerHour > 0)
            new Reaper(simulation, this).PlanNext();
    }

    private sealed class Reaper(Simulation simulation, Churn churn)
    {
        private readonly Random _random = simulation.World.Seed.Derive("churn").NewRandom();

        public void PlanNext()
        {
            var mean = TimeSpan.FromHours(1).Ticks * 100 / churn.PercentPerHour / simulation.Nodes.Count;
            simulation.World.Time.Schedule(new TimeSpan(_random.NextInt64(2 * mean) + 1), Strike);
        }

        private void Strike()
        {
            if (!simulation.HasFaults)
                return;
            var node = simulation.Nodes[_random.Next(simulation.Nodes.Count)];
            var downtime = new TimeSpan(_random.NextInt64(churn.MinDowntime.Ticks, churn.MaxDowntime.Ticks + 1));
            simulation.Strike(node, downtime, _random);
            PlanNext();
        }
    }
}
