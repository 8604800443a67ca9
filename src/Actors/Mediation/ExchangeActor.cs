using NuCypher.P2P.Actors.Network;
using NuCypher.P2P.Policy.Mediation;
using NuCypher.P2P.Policy.Services;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Actors.Mediation;

/// <summary>One call over UDP: waits for Ursula's reply, seals it, sends it, and is gone.</summary>
internal sealed class ExchangeActor : ReceiveActor
{
    /// <summary>Waits for a reply; after the limit the answer is that there was none in time.</summary>
    public ExchangeActor(CallReceived received, OpenedCall call, RandomSource random, TimeSpan limit)
    {
        Context.SetReceiveTimeout(limit);
        Receive<ServiceReply>(Answer);
        Receive<ReceiveTimeout>(_ => Answer(new ServiceReply(ServiceStatus.TimedOut, default)));

        void Answer(ServiceReply reply)
        {
            if (reply.Status == ServiceStatus.Ok)
                Context.GetLogger().Info("A call over UDP, {0}: done", call.Kind);
            else
                Context.GetLogger().Debug("A call over UDP, {0}: {1}", call.Kind, reply.Status);
            received.Peer.Send(received.CallId, SealedCall.Reply(call, reply, random));
            Context.Parent.Tell(new Over());
            Context.Stop(Self);
        }
    }

    /// <summary>To the parent: this exchange is over.</summary>
    internal sealed record Over;
}
