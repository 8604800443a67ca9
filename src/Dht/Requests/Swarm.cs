namespace NuCypher.P2P.Dht;

/// <summary>
/// What the parts of one node share: who it is, its limits, its time, what it wants done, whom it knows and asks.
/// </summary>
internal sealed class Swarm
{
    public Swarm(
        NodeId self, KademliaOptions options, SignatureVerifier verifier, Random random, Interner? interner = null)
    {
        (Self, Options, Verifier, Random) = (self, options, verifier, random);
        Table = new RoutingTable(self, options, interner);
        Doubts = new Doubts(options, Timeline);
        Proofs = new Proofs(options, random, Timeline);
        Requests = new RequestTable(self, options, random, Timeline, Doubts, Proofs, Effects);
        Introductions = new Introductions(this);
        Requests.Doubted = Introductions.Doubted;
        Values = new ValueStore(self, options, verifier, interner);
    }

    public NodeId Self { get; }

    public KademliaOptions Options { get; }

    public SignatureVerifier Verifier { get; }

    public Random Random { get; }

    public Timeline Timeline { get; } = new();

    public List<DhtEffect> Effects { get; } = [];

    public RoutingTable Table { get; }

    public Doubts Doubts { get; }

    public Proofs Proofs { get; }

    public RequestTable Requests { get; }

    public Introductions Introductions { get; }

    public ValueStore Values { get; }

    /// <summary>What waits until this node has looked around; null while it does not look.</summary>
    public List<Action>? Waiting { get; private set; }

    /// <summary>This node joins: it will look around.</summary>
    public void BeginToLook() => Waiting ??= [];

    /// <summary>It left: nothing waits any more.</summary>
    public void Forget() => Waiting = null;

    /// <summary>It has looked around: what waited goes on.</summary>
    public void HaveLooked()
    {
        var waiting = Waiting ?? [];
        Waiting = null;
        waiting.ForEach(action => action());
    }

    /// <summary>
    /// Does something once this node has looked around: before, it cannot tell a crowd from a large network.
    /// </summary>
    public void WhenLooked(Action action)
    {
        if (Waiting is null)
            action();
        else
            Waiting.Add(action);
    }

    /// <summary>What the caller's clock shows.</summary>
    public DateTimeOffset Now => Timeline.Clock;
}
