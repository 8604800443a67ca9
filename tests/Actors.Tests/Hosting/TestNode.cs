using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using NuCypher.P2P.Actors.Journal;
using NuCypher.P2P.Actors.Hosting;
using NuCypher.P2P.Actors.Network;
using NuCypher.P2P.Actors.Tests.Journal;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Records;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Actors.Tests.Hosting;

/// <summary>A whole node on loopback: real UDP, real actors; only the calls between services skip HTTPS.</summary>
internal sealed class TestNode : IAsyncDisposable
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private static int _lastPort = 1000;

    private TestNode(ActorSystem system, NodeActors actors, Identity identity, NodeAddress address, ushort door)
    {
        (System, Actors, Identity, Address, Door) = (system, actors, identity, address, door);
    }

    public ActorSystem System { get; }

    public NodeActors Actors { get; }

    public Identity Identity { get; }

    public NodeAddress Address { get; }

    public ushort Door { get; }

    public static RandomSource Random { get; } = new OperatingSystemRandom();

    public static async Task<TestNode> Start(
        ConcurrentDictionary<ushort, IActorRef> doors, NodeJournal journal, Identity identity,
        params NodeAddress[] seeds)
    {
        var system = JournalSystem.Create(journal);
        var transport = system.ActorOf(ActorProps.Of(() => new UdpTransportActor()), "transport");
        var bound = await transport.Ask<Bound>(new Bind(new NodeAddress(IPAddress.Loopback, 0)), Limit);
        var link = system.ActorOf(ActorProps.Of(() => new DirectLinkActor(doors)), "link");
        var door = (ushort)Interlocked.Increment(ref _lastPort);
        var record = new NodeRecord(
            identity.VerifyingKey, identity.EncryptingKey, NodeCapabilities.Dht | NodeCapabilities.Ursula,
            bound.Address,
            "127.0.0.1", door, Digest.Read(SHA256.HashData(identity.VerifyingKey.ToBytes())));
        var actors = NodeActors.Start(system, new NodeSetup
        {
            Identity = identity,
            Transport = transport,
            Link = link,
            Catalog = journal.Catalog,
            Record = record,
            Random = Random,
            Choice = new UnpredictableRandom(),
            Options = new() { Membership = new() { Seeds = seeds } },
        });
        doors[door] = actors.Ursula!;
        return new TestNode(system, actors, identity, bound.Address, door);
    }

    public async ValueTask DisposeAsync() => await System.Terminate();
}
