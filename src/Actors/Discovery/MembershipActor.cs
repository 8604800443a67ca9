using NuCypher.P2P.Actors.Network;
using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Actors.Discovery;

/// <summary>
/// Joins the swarm, tries again until somebody answers, joins again when everybody is lost; then the node announces
/// itself.
/// </summary>
public sealed class MembershipActor : UntypedActor, IWithTimers
{
    private readonly MembershipOptions _options;
    private readonly IActorRef _kademlia;
    private readonly IActorRef? _presence;
    private readonly KademliaCalls _calls;
    private readonly List<IActorRef> _waiting = [];
    private IReadOnlyList<NodeAddress> _seeds;
    private NodeAddress[] _known = [];
    private int _contacts;

    /// <summary>Begins to join at once.</summary>
    /// <param name="options">Where, and how often to try.</param>
    /// <param name="kademlia">Joins.</param>
    /// <param name="presence">Announces the node once it is in; null for a node that offers nothing.</param>
    public MembershipActor(MembershipOptions options, IActorRef kademlia, IActorRef? presence)
    {
        (_options, _kademlia, _presence, _seeds) = (options, kademlia, presence, options.Seeds);
        _calls = new KademliaCalls(kademlia, Self, Context.System.Scheduler);
    }

    /// <summary>Set by the runtime.</summary>
    public ITimerScheduler Timers { get; set; } = null!; // set by the runtime before PreStart

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case LookAgain:
                Look();
                break;
            case Peers peers:
                Check(peers);
                break;
            case KademliaReply reply:
                _calls.Take(reply);
                break;
            case WhenJoined:
                Wait(Sender);
                break;
            case UseSeeds use:
                Use(use.Seeds);
                break;
            case SwarmForgotten:
                Leave();
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    /// <inheritdoc/>
    protected override void PreStart() => Join();

    private void Join() => _calls.Send(id => new Join(id, [.. _seeds, .. _known]), outcome =>
    {
        if (outcome is Joined joined)
            Enter(joined.Contacts);
        else
            LookAfter(_options.RetryDelay);
    });

    private void Use(IReadOnlyList<NodeAddress> seeds)
    {
        _seeds = seeds;
        if (_contacts == 0)
            Join(); // one that is under way with the old ones may still succeed: the first counts
    }

    // A flood may swallow the question: it is asked again in any case.
    private void Look()
    {
        LookAfter(_options.CheckInterval);
        _kademlia.Tell(new GetPeers(Math.Max(1, _options.MaxRemembered)));
    }

    // Others may have found this node meanwhile: then it is in, although its own seeds were silent.
    private void Check(Peers peers)
    {
        if (peers.Contacts.Count == 0)
        {
            Leave();
            return;
        }

        _known = [.. peers.Contacts.Take(_options.MaxRemembered).Select(contact => contact.Address)];
        Enter(peers.Statistics.Contacts);
    }

    private void Enter(int contacts)
    {
        if (_contacts == 0)
            _presence?.Tell(new Announce());
        _contacts = contacts;
        foreach (var asker in _waiting)
            asker.Tell(new MemberJoined(contacts));
        _waiting.Clear();
        LookAfter(_known.Length > 0 ? _options.CheckInterval : _options.RetryDelay);
    }

    private void Leave()
    {
        _contacts = 0;
        Join();
    }

    private void Wait(IActorRef asker)
    {
        if (_contacts > 0)
            asker.Tell(new MemberJoined(_contacts));
        else
            _waiting.Add(asker);
    }

    private void LookAfter(TimeSpan delay) => Timers.StartSingleTimer("look", new LookAgain(), delay);

    private sealed record LookAgain;
}
