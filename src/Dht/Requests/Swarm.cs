namespace NuCypher.P2P.Dht;

/// <summary>
/// What the parts of one node share: who it is, its limits, its time, what it wants done, whom it knows and asks.
/// </summary>
internal sealed class Swarm
{
    private const int CrowdedReach = 4;

    private double? _foundNodes;

    public Swarm(
        NodeId self, KademliaOptions options, SignatureVerifier verifier, Random random, Interner? interner = null)
    {
        (Self, Options, Verifier, Random) = (self, options, verifier, random);
        Table = new RoutingTable(self, options, interner);
        Doubts = new Doubts(options, Timeline);
        Proofs = new Proofs(options, random, Timeline);
        Counts = new DhtCounts(options.RememberedLookups);
        Requests = new RequestTable(self, options, random, Timeline, Doubts, Proofs, Effects, Counts);
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

    public DhtCounts Counts { get; }

    /// <summary>The k healthy contacts nearest to a target, but for those of a crowd.</summary>
    /// <param name="target">Any point.</param>
    /// <param name="density">How many may stand near to one point.</param>
    /// <param name="asker">Who is told them, if not this node itself.</param>
    public List<Contact> Nearest(NodeId target, Density density, NodeAddress? asker = null)
    {
        var nearest = Table.Closest(target, Options.K, healthyOnly: true, asker);
        if (density.Thin(nearest, target, Options.K).Count == nearest.Count)
            return nearest;
        var more = Table.Closest(target, CrowdedReach * Options.K, healthyOnly: true, asker);
        return density.Thin(more, target, Options.K);
    }

    /// <summary>How many nodes there seem to be; null while few are known.</summary>
    /// <remarks>
    /// By the table or, as long as it is too empty, by what this node found when it looked around: who answered has
    /// not proved himself yet.
    /// </remarks>
    public double? EstimateNodes() => Table.EstimateNodes() ?? _foundNodes;

    /// <summary>What waits until this node has looked around; null while it does not look.</summary>
    public List<Action>? Waiting { get; private set; }

    /// <summary>This node joins: it will look around.</summary>
    public void BeginToLook() => Waiting ??= [];

    /// <summary>It left: nothing waits any more.</summary>
    public void Forget() => Waiting = null;

    /// <summary>It has looked around: what waited goes on.</summary>
    /// <param name="neighbours">Who answered, nearest first.</param>
    public void HaveLooked(IReadOnlyList<Contact> neighbours)
    {
        _foundNodes = Density.Estimate(neighbours, Self, Options.K);
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

    /// <summary>What ended up to then may be forgotten.</summary>
    public DateTimeOffset Over => Timeline.Over;
}
