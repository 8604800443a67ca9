namespace NuCypher.P2P.Simulator;

/// <summary>
/// Sits on every node and starts two timers for one moment, again and again: the first that comes cancels the other,
/// which must never come.
/// </summary>
/// <remarks>
/// It goes to the scheduler itself: what actors call timers passes over late messages, and would hide a scheduler that
/// fails.
/// </remarks>
internal sealed class TimerWitness(RunContext run, SimulatedProcess process)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    /// <summary>Starts a race of two timers, and the next one when it is over.</summary>
    public void StartRace()
    {
        var (one, other) = (new Cancelable(process.Scheduler), new Cancelable(process.Scheduler));
        process.Scheduler.Advanced.ScheduleOnce(Interval, () => Come(one, other), one);
        process.Scheduler.Advanced.ScheduleOnce(Interval, () => Come(other, one), other);
    }

    private void Come(Cancelable mine, Cancelable others)
    {
        if (mine.IsCancellationRequested)
        {
            run.Report("a timer that was cancelled never fires", process.Name);
            return;
        }

        run.Tally.Add("timers cancelled");
        others.Cancel();
        StartRace();
    }
}
