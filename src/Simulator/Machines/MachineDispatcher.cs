using NuCypher.P2P.ActorRuntime.Hosting;

namespace NuCypher.P2P.Simulator;

/// <summary>One machine's processor: the shared loop, with a switch that stops this machine and a counter that can trip a crash.</summary>
internal sealed class MachineDispatcher(DeterministicDispatcher loop) : IDispatcher
{
    private readonly List<IThreadPoolWorkItem> _paused = [];
    private Action? _trip;
    private long _turnsToTrip;

    public int Throughput => loop.Throughput;

    public TaskCreationOptions PromiseOptions => loop.PromiseOptions;

    public bool IsPaused { get; private set; }

    public IMessageBuffer CreateBuffer(int capacity) => loop.CreateBuffer(capacity);

    public void Post(Action action) => loop.Post(action);

    public void CheckAccess() => loop.CheckAccess();

    public void Schedule(IThreadPoolWorkItem mailbox)
    {
        if (_trip is not null && --_turnsToTrip == 0)
        {
            loop.Post(_trip);
            _trip = null;
        }

        if (IsPaused)
            _paused.Add(mailbox);
        else
            loop.Schedule(mailbox);
    }

    /// <summary>Stops the machine as a long collection or SIGSTOP does: mail and timers wait.</summary>
    public void Pause() => IsPaused = true;

    public void Resume()
    {
        IsPaused = false;
        foreach (var mailbox in _paused)
            loop.Schedule(mailbox);
        _paused.Clear();
    }

    /// <summary>Runs an action among the turns of this machine, when so many more were scheduled.</summary>
    public void TripAfter(long turns, Action action) => (_turnsToTrip, _trip) = (turns, action);
}
