namespace NuCypher.P2P.Dht;

/// <summary>What the parts of one node share: who it is, its limits, its time, what it wants done, whom it knows and asks.</summary>
internal sealed class Swarm
{
    public Swarm(NodeId self, KademliaOptions options, SignatureVerifier verifier, Random random, Interner? interner = null)
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

    /// <summary>What the caller's clock shows.</summary>
    public DateTimeOffset Now => Timeline.Clock;
}
