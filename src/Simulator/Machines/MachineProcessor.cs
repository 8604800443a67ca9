using Akka.Dispatch;

namespace NuCypher.P2P.Simulator;

/// <summary>
/// One machine's processor: the shared loop, with a switch that stops this machine and a counter that can trip a crash.
/// </summary>
internal sealed class MachineProcessor(DeterministicLoop loop)
{
    private readonly List<(IRunnable Mailbox, LoopQueue Queue)> _paused = [];
    private Action? _trip;
    private long _turnsToTrip;

    public bool IsPaused { get; private set; }

    public void Post(Action action) => loop.Post(action);

    public void Schedule(IRunnable mailbox, LoopQueue queue)
    {
        if (_trip is not null && --_turnsToTrip == 0)
        {
            loop.Post(_trip);
            _trip = null;
        }

        if (IsPaused)
            _paused.Add((mailbox, queue));
        else
            loop.Schedule(mailbox, queue);
    }

    /// <summary>Stops the machine as a long collection or SIGSTOP does: mail and timers wait.</summary>
    public void Pause() => IsPaused = true;

    public void Resume()
    {
        IsPaused = false;
        foreach (var (mailbox, queue) in _paused)
            loop.Schedule(mailbox, queue);
        _paused.Clear();
    }

    /// <summary>Runs an action among the turns of this machine, when so many more were scheduled.</summary>
    public void TripAfter(long turns, Action action) => (_turnsToTrip, _trip) = (turns, action);
}
