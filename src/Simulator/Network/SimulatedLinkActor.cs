using NuCypher.P2P.Actors.Links;
using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Simulator;

/// <summary>
/// A simulated node's way to other nodes' services: a <see cref="ServiceCall"/> in, exactly one
/// <see cref="ServiceAnswer"/> back.
/// </summary>
public sealed class SimulatedLinkActor : ReceiveActor
{
    /// <summary>Calls over a network, from a host.</summary>
    public SimulatedLinkActor(SimulatedNetwork network, SimulatedHost host) => Receive<ServiceCall>(call =>
    {
        var caller = Sender;
        var target = NodeAddress.TryParse(call.Target.Host, call.Target.Port, out var address)
            ? network.Find(address)
            : null;
        ServiceExchange.Start(network, host, target, call, answer => caller.Tell(answer));
    });
}
