namespace NuCypher.P2P.Simulator;

/// <summary>Sits on every node and starts two timers for one moment, again and again: the first that comes cancels the other, which must never come.</summary>
internal sealed class TimerWitness : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    private int _race;

    public TimerWitness(Simulation simulation)
    {
        var node = Context.System.Name;
        Receive<Race>(race =>
        {
            if (race.Number != _race)
                simulation.Report("a timer that was cancelled never fires", node);
            simulation.Tally.Add("timers cancelled");
            Timers.CancelAll();
            StartRace();
        });
    }

    public ITimerScheduler Timers { get; set; } = null!; // set by the runtime before PreStart

    protected override void PreStart() => StartRace();

    private void StartRace()
    {
        var race = new Race(++_race);
        Timers.StartSingleTimer("one", race, Interval);
        Timers.StartSingleTimer("other", race, Interval);
    }

    private sealed record Race(int Number);
}
