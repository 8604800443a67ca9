using System.Collections.Concurrent;
using NuCypher.P2P.Actors.Links;
using NuCypher.P2P.Policy.Services;

namespace NuCypher.P2P.Actors.Tests.Hosting;

/// <summary>Carries calls straight to the Ursula at a port of this process; an unknown port is unreachable.</summary>
internal sealed class DirectLinkActor : ReceiveActor
{
    public DirectLinkActor(ConcurrentDictionary<ushort, IActorRef> doors)
    {
        Receive<ServiceCall>(call =>
        {
            var caller = Sender;
            if (!doors.TryGetValue(call.Target.Port, out var ursula))
                caller.Tell(new ServiceAnswer(call.CallId, ServiceStatus.Unreachable, default));
            else
                ursula.Ask<ServiceReply>(new ServiceRequest(call.Kind, call.Body), call.TimeLimit).PipeTo(
                    caller, Self, reply => new ServiceAnswer(call.CallId, reply.Status, reply.Body),
                    _ => new ServiceAnswer(call.CallId, ServiceStatus.TimedOut, default));
        });
    }
}
