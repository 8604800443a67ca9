using Akka.Configuration;
using Akka.Dispatch;

namespace NuCypher.P2P.Actors.Dispatching;

/// <summary>Makes the <see cref="InlineDispatcher"/>.</summary>
public sealed class InlineDispatcherConfigurator : MessageDispatcherConfigurator
{
    private readonly InlineDispatcher _dispatcher;

    /// <summary>Made by Akka.</summary>
    public InlineDispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites)
        : base(config, prerequisites) => _dispatcher = new InlineDispatcher(this, config.GetInt("throughput"));

    /// <inheritdoc/>
    public override MessageDispatcher Dispatcher() => _dispatcher;
}
