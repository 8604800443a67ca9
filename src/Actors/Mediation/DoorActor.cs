using NuCypher.P2P.Actors.Links;
using NuCypher.P2P.Actors.Network;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Mediation;
using NuCypher.P2P.Policy.Services;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Actors.Mediation;

/// <summary>
/// Takes calls that come over UDP: says who may connect, opens what was sealed to this Ursula, hands it to her, seals
/// her reply.
/// </summary>
internal sealed class DoorActor : ReceiveActor
{
    private const int MaxExchanges = 64;
    private const int CallsPerSecond = 50;
    private const int TotalCallsPerSecond = 500;

    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(8);

    private readonly MediationOptions _options;
    private readonly Identity _identity;
    private readonly RandomSource _random;
    private readonly IActorRef _ursula;
    private readonly int _key;
    private readonly SourceBudget _calls;
    private int _exchanges;

    /// <summary>Lets nobody in before it has a way to reply.</summary>
    public DoorActor(
        MediationOptions options, Identity identity, RandomSource random, int key, IActorRef ursula)
    {
        (_options, _identity, _random, _key, _ursula) = (options, identity, random, key, ursula);
        _calls = new SourceBudget(CallsPerSecond, TotalCallsPerSecond, key);
        Receive<CallsOpen>(open => open.Path.Admits = Guard());
        Receive<CallReceived>(Take);
        Receive<ExchangeActor.Over>(_ => _exchanges--);
    }

    // On the receiving thread, so that a flood of tokens fills no mailbox; it has a budget of its own.
    private Func<NodeAddress, ReadOnlyMemory<byte>, bool> Guard()
    {
        var scheduler = Context.System.Scheduler;
        var desk = new ConnectionDesk(_options, _identity.Id, Moment(), _key);
        return (from, token) => desk.Admits(Moment(), from, token.Span);

        Moment Moment() => new(scheduler.Now, scheduler.MonotonicClock);
    }

    private void Take(CallReceived received)
    {
        var bytes = received.Bytes.Span;
        if (!_calls.TryTake(received.Peer.Address, Context.System.Scheduler.MonotonicClock)
            || !SealedCall.TryOpen(bytes, _identity.DecryptingKey, _identity.Id, out var call))
        {
            received.Peer.Close(); // he does not keep to the protocol, or to his share
            return;
        }
        if (call.Body.Length > ServiceRoute.Of(call.Kind).MaxRequestSize)
            Refuse(received, call, ServiceStatus.TooLarge);
        else if (_exchanges >= MaxExchanges || received.Peer.OpenCalls > CallLimits.OpenCalls)
            Refuse(received, call, ServiceStatus.Busy);
        else
            Start(received, call);
    }

    private void Start(CallReceived received, OpenedCall call)
    {
        _exchanges++;
        var (random, limit) = (_random, TimeLimit);
        var exchange = Context.ActorOf(ActorProps.Of(() => new ExchangeActor(received, call, random, limit)));
        _ursula.Tell(
            new ServiceRequest(call.Kind, call.Body) { Source = received.Peer.Address.Address }, exchange);
    }

    private void Refuse(CallReceived received, OpenedCall call, ServiceStatus status) => received.Peer.Send(
        received.CallId, SealedCall.Reply(call, new ServiceReply(status, default), _random));
}
