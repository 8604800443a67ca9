using NuCypher.P2P.Actors.Discovery;
using NuCypher.P2P.Actors.Links;
using NuCypher.P2P.Actors.Network;
using NuCypher.P2P.Actors.Sessions;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Bob;
using NuCypher.P2P.Policy.Records;
using NuCypher.P2P.Policy.Sessions;
using NuCypher.P2P.Policy.Wire;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Actors.Bob;

/// <summary>
/// One errand of Bob's: fetches and opens a treasure map; then, if asked for, hosts one <see cref="Retrieval"/>.
/// </summary>
internal sealed class RetrievalActor : ReceiveActor
{
    private readonly VerifyingKey _alice;
    private readonly Hrac _hrac;
    private readonly Retrieve? _retrieve;
    private readonly Identity _bob;
    private readonly RetrievalOptions _options;
    private readonly RandomSource _random;
    private readonly KademliaCalls _kademlia;
    private readonly IActorRef _asker;
    private readonly SessionHost _host;
    private bool _hasAnswered;

    public RetrievalActor(
        VerifyingKey alice, PolicyLabel label, Retrieve? retrieve, Identity bob, RetrievalOptions options,
        RandomSource random,
        SessionPeers peers, IActorRef asker)
    {
        (_alice, _retrieve, _bob, _options, _random) = (alice, retrieve, bob, options, random);
        _asker = asker;
        _kademlia = new KademliaCalls(peers.Kademlia, Self, Context.System.Scheduler);
        _hrac = bob.HracFrom(alice, label);
        _host = new SessionHost(peers, Self, asker, Context.System.Scheduler);
        Receive<KademliaReply>(_kademlia.Take);
    }

    private static DateTimeOffset Now => Context.System.Scheduler.Now;

    protected override void PreStart() =>
        _kademlia.Send(id => new GetMap(id, TreasureMap.KeyOf(_alice, _hrac)), TakeMap);

    /// <summary>Whoever asked gets an answer, also if the errand failed in a way that was not foreseen.</summary>
    protected override void PostStop()
    {
        if (!_hasAnswered)
            _asker.Tell(new Status.Failure(new InvalidOperationException("Bob's errand stopped before it was done.")));
    }

    private void TakeMap(DhtOutcome outcome)
    {
        var map = Open(outcome, out var refusal);
        if (map is null)
            End(new MapNotFetched(refusal));
        else if (_retrieve is null)
            End(new MapFetched(map));
        else
            Begin(map, _retrieve);
    }

    private TreasureMap? Open(DhtOutcome outcome, out MapRefusal refusal)
    {
        refusal = outcome is OperationFailed { Failure: DhtFailure.NotFound }
            ? MapRefusal.NotFound
            : MapRefusal.NoNetwork;
        if (outcome is not RecordFound found)
            return null;
        refusal = MapWithdrawal.Is(found.Record) ? MapRefusal.Withdrawn : MapRefusal.Unreadable;
        if (!EncryptedTreasureMap.TryRead(found.Record, out var sealedMap, out _))
            return null;
        if (!sealedMap.TryOpen(_bob.DecryptingKey, out var map, out var why) && why == DecodeRefusal.CannotOpen)
            refusal = MapRefusal.NotForThisBob;
        return map;
    }

    private void Begin(TreasureMap map, Retrieve retrieve)
    {
        var session = new Retrieval(map, _alice, _hrac, _bob, retrieve.Capsules, _options, Now, _random);
        Become(() =>
        {
            Receive<ServiceFound>(f => CarryOut(map, session.Found(f.Node, f.Target, Now)));
            Receive<ServiceAnswer>(a =>
                CarryOut(map, session.Answer(a.CallId, a.Status, a.Body, Now)));
            Receive<SessionWoken>(woken => CarryOut(map, session.Wake(woken.Reached(Now))));
        });
        CarryOut(map, session.Start(Now));
    }

    private void CarryOut(TreasureMap map, IReadOnlyList<SessionEffect> effects)
    {
        foreach (var result in _host.CarryOut(effects))
        {
            if (result is RetrievalFinished finished)
                End(new Retrieved(map, finished.CapsuleFrags, finished.Outcomes));
            else if (result is RetrievalFailed failed)
                End(new NotRetrieved(failed));
        }
    }

    private void End(object answer)
    {
        _hasAnswered = true;
        _asker.Tell(answer);
        Context.Stop(Self);
    }
}
