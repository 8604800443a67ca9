using Akka.Dispatch;

namespace NuCypher.P2P.Simulator;

/// <summary>Hands mailboxes to the loop, or to the processor of the machine that they are on.</summary>
internal sealed class LoopDispatcher : MessageDispatcher
{
    /// <summary>
    /// A dispatcher that is out of work is shut down after this: never, a world is dropped as a whole.
    /// </summary>
    private static readonly TimeSpan Never = TimeSpan.FromDays(10_000);

    private readonly DeterministicLoop _loop;

    public LoopDispatcher(MessageDispatcherConfigurator configurator, string id, DeterministicLoop loop)
        : base(configurator) => (Id, Throughput, ShutdownTimeout, _loop) = (id, 1, Never, loop);

    protected override void ExecuteTask(IRunnable run)
    {
        if (!_loop.Time.Guard.IsLoop())
            return; // the loop throws
        var queue = (run as Mailbox)?.MessageQueue as LoopQueue;
        if (queue?.Process is { } process)
            process.Schedule(run, queue);
        else
            _loop.Schedule(run, queue);
    }

    protected override void Shutdown()
    {
    }
}
