using System.Net;
using NuCypher.P2P.Dht.Tests.Records;

namespace NuCypher.P2P.Dht.Tests;

/// <summary>
/// Many nodes in virtual time on one thread: datagrams get lost, doubled and overtaken; the seed decides.
/// </summary>
internal sealed class TestNetwork(int seed, KademliaOptions? options = null)
{
    private readonly PriorityQueue<Action, (DateTimeOffset At, long Order)> _events = new();
    private readonly Dictionary<NodeAddress, TestNode> _byAddress = [];
    private readonly Dictionary<OperationId, DhtOutcome> _outcomes = [];
    private long _order;
    private long _operations;

    public Random Random { get; } = new(seed);

    public DateTimeOffset Now { get; private set; } = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public List<TestNode> Nodes { get; } = [];

    /// <summary>The nodes that are not dead.</summary>
    public IEnumerable<TestNode> Living => Nodes.Where(node => !node.IsDead);

    public double Loss { get; set; }

    /// <summary>The shortest and the longest way of a datagram, in milliseconds.</summary>
    public (double Min, double Max) Latency { get; set; } = (1, 51);

    public double Duplication { get; set; }

    public long Datagrams { get; private set; }

    public int LongestDatagram { get; private set; }

    /// <summary>Sees each datagram before it is sent; false swallows it.</summary>
    public Func<NodeAddress, NodeAddress, ReadOnlyMemory<byte>, bool> Filter { get; set; } = (_, _, _) => true;

    public static NodeAddress AddressOf(int index) =>
        new(new IPAddress([10, (byte)(index >> 8), (byte)(index & 255), 1]), 4000);

    public TestNode Add(KademliaOptions? own = null) => Add(
        new KademliaNode(
            NodeId.Random(Random), own ?? options ?? new(), DigestSigner.Verify, new Random(Random.Next())),
        AddressOf(Nodes.Count));

    public TestNode Add(KademliaNode core, NodeAddress address)
    {
        var node = new TestNode(core, address);
        Nodes.Add(node);
        _byAddress[node.Address] = node;
        return node;
    }

    /// <summary>Starts nodes that join through the first, in turn.</summary>
    public void Grow(int count, int settle = 30)
    {
        while (Nodes.Count < count)
        {
            var node = Add();
            if (Nodes.Count > 1)
                Run(node, (core, now, id) => core.Bootstrap(now, id, [Nodes[0].Address]));
        }
        Pass(TimeSpan.FromSeconds(settle));
    }

    /// <summary>Whether a contact is a dead node's.</summary>
    public bool IsDead(Contact contact) => Nodes.Any(node => node.IsDead && node.Contact == contact);

    /// <summary>Everybody whom a node names when it is asked for the nearest to random points.</summary>
    public List<Contact> Told(TestNode node, int questions)
    {
        var writer = new RpcWriter(NodeId.Random(Random), true);
        var told = new List<Contact>();
        for (var i = 0; i < questions; i++)
        {
            var question = writer.Request(MessageId.Random(Random), RpcMethod.FindNode, NodeId.Random(Random));
            var effects = node.Core.Receive(Now, AddressOf(60_000), question);
            CarryOut(node, effects);
            var answers = effects.OfType<Send>().Where(send => send.To == AddressOf(60_000) && Peer.IsResponse(send));
            told.AddRange(answers.SelectMany(send => Peer.ContactsOf(send.Datagram.ToArray())));
        }
        return told;
    }

    public void Inject(NodeAddress from, TestNode to, byte[] datagram) =>
        CarryOut(to, to.Core.Receive(Now, from, datagram));

    public OperationId Start(TestNode node, Operation operation)
    {
        var id = new OperationId(++_operations);
        CarryOut(node, operation(node.Core, Now, id));
        return id;
    }

    public DhtOutcome Run(TestNode node, Operation operation)
    {
        var id = Start(node, operation);
        var limit = Now.AddMinutes(10);
        while (!_outcomes.ContainsKey(id) && Now < limit && Step())
            continue;
        return OutcomeOf(id);
    }

    /// <summary>Starts operations, so many at a time, and tells how long each took.</summary>
    public List<(DhtOutcome Outcome, TimeSpan Time)> RunMany(
        int count, int atOnce, Func<int, (TestNode Node, Operation Operation)> next)
    {
        var (done, open) = (new List<(DhtOutcome, TimeSpan)>(), new Dictionary<OperationId, DateTimeOffset>());
        for (var started = 0; done.Count < count;)
        {
            for (; open.Count < atOnce && started < count; started++)
            {
                var (node, operation) = next(started);
                open[Start(node, operation)] = Now;
            }
            foreach (var id in open.Keys.Where(_outcomes.ContainsKey).ToArray())
            {
                open.Remove(id, out var start);
                done.Add((OutcomeOf(id), Now - start));
            }
            if (done.Count < count && (open.Count == atOnce || started == count))
                Step();
        }
        return done;
    }

    public DhtOutcome OutcomeOf(OperationId id) =>
        _outcomes.Remove(id, out var outcome)
            ? outcome
            : throw new InvalidOperationException("the operation did not end");

    public void Pass(TimeSpan time)
    {
        var until = Now + time;
        while (_events.TryPeek(out _, out var next) && next.At <= until)
            Step();
        Now = until;
    }

    /// <summary>Sends a datagram as if from an address.</summary>
    public void Forge(NodeAddress from, NodeAddress to, byte[] datagram) => Transmit(from, new Send(to, datagram));

    private bool Step()
    {
        if (!_events.TryDequeue(out var action, out var at))
            return false;
        Now = at.At;
        action();
        return true;
    }

    private void CarryOut(TestNode node, IReadOnlyList<DhtEffect> effects)
    {
        foreach (var effect in effects)
        {
            if (effect is Send send)
                Transmit(node.Address, send);
            else if (effect is StartTimer timer)
                After(timer.Delay, () => Deliver(node, now => node.Core.Expire(now, timer.TimerId)));
            else if (effect is OperationFinished finished)
                _outcomes.Add(finished.Id, finished.Outcome);
        }
    }

    private void Transmit(NodeAddress from, Send send)
    {
        Datagrams++;
        LongestDatagram = Math.Max(LongestDatagram, send.Datagram.Length);
        if (!Filter(from, send.To, send.Datagram) || !_byAddress.TryGetValue(send.To, out var to))
            return;
        for (var copies = Random.NextDouble() < Duplication ? 2 : 1; copies > 0; copies--)
        {
            if (Random.NextDouble() >= Loss)
                After(Way(), () => Deliver(to, now => to.Core.Receive(now, from, send.Datagram)));
        }
    }

    private TimeSpan Way() =>
        TimeSpan.FromMilliseconds(Latency.Min + ((Latency.Max - Latency.Min) * Random.NextDouble()));

    private void Deliver(TestNode node, Func<DateTimeOffset, IReadOnlyList<DhtEffect>> input)
    {
        if (!node.IsDead)
            CarryOut(node, input(Now));
    }

    private void After(TimeSpan delay, Action action) => _events.Enqueue(action, (Now + delay, _order++));
}
