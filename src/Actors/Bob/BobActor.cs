using NuCypher.P2P.Actors.Sessions;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Actors.Bob;

/// <summary>
/// Bob: fetches treasure maps and has capsules re-encrypted. Each errand is a child of its own, gone when it has
/// answered.
/// </summary>
public sealed class BobActor : ReceiveActor
{
    private readonly Identity _identity;
    private readonly BobOptions _options;
    private readonly RandomSource _random;
    private readonly SessionPeers _peers;

    /// <summary>Starts with nothing to do.</summary>
    /// <param name="identity">Bob's keys; not disposed here.</param>
    /// <param name="options">Limits and times.</param>
    /// <param name="random">For nonces, signatures and choices.</param>
    /// <param name="peers">Whom he talks to.</param>
    public BobActor(Identity identity, BobOptions options, RandomSource random, SessionPeers peers)
    {
        (_identity, _options, _random, _peers) = (identity, options, random, peers);
        Receive<FetchMap>(fetch => Send(fetch.Alice, fetch.Label, null));
        Receive<Retrieve>(retrieve => Send(retrieve.Alice, retrieve.Label, retrieve));
    }

    /// <summary>An errand that fails is over: it tells its asker.</summary>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(static _ => Directive.Stop);

    private void Send(VerifyingKey alice, PolicyLabel label, Retrieve? retrieve)
    {
        if (Context.GetChildren().Count() >= _options.MaxErrands)
        {
            Sender.Tell(new MapNotFetched(MapRefusal.NoNetwork));
            return;
        }

        var (identity, random, peers, asker) = (_identity, _random, _peers, Sender);
        var options = retrieve?.Deadline is { } limit
            ? _options.Retrieval with { Deadline = limit }
            : _options.Retrieval;
        Context.ActorOf(ActorProps.Of(() =>
            new RetrievalActor(alice, label, retrieve, identity, options, random, peers, asker)));
    }
}
