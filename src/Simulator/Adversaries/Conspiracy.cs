using NuCypher.P2P.Actors;
using NuCypher.P2P.Actors.Network;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy.Records;

namespace NuCypher.P2P.Simulator;

/// <summary>All adversaries of a run.</summary>
internal sealed class Conspiracy
{
    private const int SybilPrefixBytes = 5;

    private readonly RunContext _run;
    private readonly AdversaryPlan _plan;
    private readonly Censors _censors;
    private readonly Random _random;
    private readonly Seed _seed;
    private readonly List<LeakedMap> _maps = [];
    private Forger? _forger;
    private NodeId _swallowed;

    public Conspiracy(RunContext run)
    {
        (_run, _plan, _seed) = (run, run.Scenario.Adversaries, run.World.Seed.Derive("adversaries"));
        _censors = new Censors(_plan.Censors, _seed, run.Tally);
        _random = _seed.NewRandom();
    }

    /// <summary>The way in which a node's Ursula cheats; null for an honest one.</summary>
    public HostileWay? WayOf(int index)
    {
        var random = _seed.Derive("hostile").Derive(index).NewRandom();
        return _plan.HostileUrsulas.Draw(random) ? _plan.Ways[random.Next(_plan.Ways.Count)] : null;
    }

    /// <summary>Whether a node's Ursula cheats those who ask her.</summary>
    public bool Cheats(NodeId ursula) => _run.IndexOf(ursula) is >= 0 and var index && WayOf(index) is not null;

    /// <summary>
    /// Whether a node is to blame for what it answers: its Ursula cheats, or the address that it gives is somebody
    /// else's.
    /// </summary>
    public bool IsHostile(NodeId ursula) =>
        Cheats(ursula) || (_run.IndexOf(ursula) is >= 0 and var index && index < _plan.Vladimirs);

    /// <summary>What a Vladimir says about himself: everything his own, but the address of somebody else.</summary>
    public NodeRecord Misplace(int index, NodeRecord record)
    {
        if (index >= _plan.Vladimirs)
            return record;
        var victim = World.AddressOf(_plan.Vladimirs + index);
        return record with { Host = victim.Address.ToString(), Port = victim.Port };
    }

    /// <summary>Begins to do harm to the maps with these keys.</summary>
    public void Start(IReadOnlyList<NodeId> maps)
    {
        if (_plan.Censors.PerMillion > 0)
            Censor(maps);
        SimulatedHost[] accomplices = [.. Enumerable.Range(0, _plan.Accomplices).Select(
            _ => _run.World.AddMachine().Host)];
        for (var i = 0; i < _plan.EndlessReferrers; i++)
            _ = new EndlessReferrer(_run, _run.World.AddMachine(), accomplices);
        for (var i = 0; i < _plan.Sybils && maps.Count > 0; i++)
            StartSybil(maps[0]);
        if (_plan.ForgedStoresPerMinute > 0)
            _forger = new Forger(_run, _run.World.AddMachine());
        for (var i = 0; i < _plan.Strangers; i++)
            _run.Add(new Stranger(_run, this, _run.World.AddMachine(), _maps).RunAsync());
        if (_plan.Swallowers > 0 && maps.Count > 0)
            _ = new Swallower(_run, _swallowed = maps[0], _plan.Swallowers, site: 1);
        for (var i = 0; i < _plan.Flooders; i++)
            _run.Add(new Flooder(_run, _run.World.AddMachine()).RunAsync());
    }

    /// <summary>Shows a treasure map; the first Bobs who have one are greedy.</summary>
    public void Leak(LeakedMap map)
    {
        if (_maps.Count < _plan.GreedyBobs)
            _run.Add(new GreedyBob(_run, this, map, _seed.Derive("greedy").Derive(_maps.Count)).RunAsync());
        if (_maps.Count == 0)
            StartBesiegers(map);
        if (_plan.LateSwallowers > 0 && map.Key != _swallowed && _maps.All(known => known.Key == _swallowed))
            _ = new Swallower(_run, map.Key, _plan.LateSwallowers, site: 2);
        _maps.Add(map);
    }

    /// <summary>They go to one of those whom Bob will ask.</summary>
    private void StartBesiegers(LeakedMap map)
    {
        var holders = _run.Nodes.Where(node => map.Map.Ursulas.Contains(node.Id));
        if (holders.FirstOrDefault(node => !IsHostile(node.Id)) is not { } victim)
            return;
        for (var i = 0; i < _plan.Crowders; i++)
            _run.Add(new Crowder(_run, _run.World.AddMachine(), victim).RunAsync());
        for (var i = 0; i < _plan.Idlers; i++)
            _ = new Idler(_run, _run.World.AddMachine(), victim);
    }

    /// <summary>Shows a record that passed by.</summary>
    public void Overhear(SignedRecord record) => _forger?.Collect(record);

    private void Censor(IReadOnlyList<NodeId> maps)
    {
        foreach (var map in maps)
            _censors.Add(map);
        foreach (var node in _run.Nodes)
            node.Machine.Host.Drops = _censors.FilterOf(node.Machine.Host);
    }

    /// <summary>
    /// A node with an id ground to share many bits with a key; it takes part, but for what concerns that key.
    /// </summary>
    private void StartSybil(NodeId key)
    {
        var id = NodeId.Random(_random).ToBytes();
        key.ToBytes().AsSpan(0, SybilPrefixBytes).CopyTo(id);
        NodeId.TryRead(id, out var self);
        var machine = _run.World.AddMachine();
        machine.Host.Drops = datagram => RpcDatagram.Ids(datagram).Contains(key);
        machine.Start(process =>
        {
            var transport = process.Actors.ActorOf(
                ActorProps.Of(() => new SimulatedTransportActor(machine.Host)), "transport");
            var random = machine.ProcessSeed.Derive("choices").NewRandom();
            var kademlia = process.Actors.ActorOf(ActorProps.Of(() => new KademliaActor(
                self, new KademliaOptions(), RecordSignatures.Verify, random, transport)), "kademlia");
            kademlia.Tell(new Join(1, [World.AddressOf(_random.Next(_run.Nodes.Count))]), ActorRefs.NoSender);
        });
    }
}
