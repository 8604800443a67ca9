using Akka.Configuration;
using Akka.Dispatch;

namespace NuCypher.P2P.Simulator;

/// <summary>Every dispatcher of a world's actor system; made by Akka.</summary>
internal sealed class LoopDispatcherConfigurator : MessageDispatcherConfigurator
{
    private readonly LoopDispatcher _dispatcher;

    public LoopDispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites)
        : base(config, prerequisites) =>
        _dispatcher = new LoopDispatcher(this, config.GetString("id"), ((LoopScheduler)prerequisites.Scheduler).Loop);

    public override MessageDispatcher Dispatcher() => _dispatcher;
}
