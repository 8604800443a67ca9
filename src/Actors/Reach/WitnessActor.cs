using NuCypher.P2P.Actors.Links;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Messages;
using NuCypher.P2P.Policy.Services;
using NuCypher.P2P.Policy.Wire;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Actors.Reach;

/// <summary>Calls other nodes back at their wish, and testifies what came of it.</summary>
/// <remarks>
/// Only at the address from which the wish came, and only for the certificate that it names: nobody can have a third
/// machine called, and
/// one wish makes one call.
/// </remarks>
internal sealed class WitnessActor : ReceiveActor
{
    private readonly ReachOptions _options;
    private readonly NodeId _self;
    private readonly Signer _signer;
    private readonly RandomSource _random;
    private readonly IActorRef _link;
    private readonly Dictionary<long, (IActorRef Asker, Digest Request)> _calls = [];
    private long _lastCall;

    /// <summary>Serves from its start on.</summary>
    public WitnessActor(ReachOptions options, NodeId self, Signer signer, RandomSource random, IActorRef link)
    {
        (_options, _self, _signer, _random, _link) = (options, self, signer, random, link);
        Receive<ServiceRequest>(Serve);
        Receive<ServiceAnswer>(Answer);
    }

    private static DateTimeOffset Now => Context.System.Scheduler.Now;

    private void Serve(ServiceRequest request)
    {
        if (!SignedMessage.TryRead<ReachRequest>(request.Body.Span, out var message, out _))
            Sender.Tell(new ServiceReply(ServiceStatus.Malformed, default));
        else if (message.Claims.Ursula != _self)
            Refuse(message.Hash, RefusalReason.NotForMe);
        else if (!message.Verify(message.Claims.Node, out _))
            Refuse(message.Hash, RefusalReason.BadSignature);
        else if (request.Source is not { } source)
            Testify(Sender, message.Hash, ReachVerdict.NotTried);
        else if (_calls.Count >= _options.MaxCallBacks)
            Sender.Tell(new ServiceReply(ServiceStatus.Busy, default));
        else
            CallBack(message, source);
    }

    private void CallBack(SignedMessage<ReachRequest> message, System.Net.IPAddress source)
    {
        var address = new ServiceAddress(source.ToString(), message.Claims.Port, message.Claims.CertificatePin);
        _calls.Add(++_lastCall, (Sender, message.Hash));
        _link.Tell(new ServiceCall(_lastCall, address, ServiceKind.Information, default, _options.CallBackLimit));
    }

    private void Answer(ServiceAnswer answer)
    {
        if (_calls.Remove(answer.CallId, out var call))
            Testify(call.Asker, call.Request, VerdictOf(answer.Status));
    }

    private static ReachVerdict VerdictOf(ServiceStatus status) => status switch
    {
        ServiceStatus.Unreachable or ServiceStatus.TimedOut => ReachVerdict.Unreachable,
        ServiceStatus.PinMismatch => ReachVerdict.OtherCertificate,
        _ => ReachVerdict.Reached, // it answered, whatever it said
    };

    private void Testify(IActorRef asker, Digest request, ReachVerdict verdict) => asker.Tell(new ServiceReply(
        ServiceStatus.Ok, SignedMessage.Sign(new Testimony(request, _self, verdict, Now), _signer, _random).Bytes));

    private void Refuse(Digest request, RefusalReason reason) => Sender.Tell(new ServiceReply(
        ServiceStatus.Refused,
        SignedMessage.Sign(new ServiceRefusal(request, _self, reason, Now), _signer, _random).Bytes));
}
