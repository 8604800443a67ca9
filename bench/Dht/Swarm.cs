using Akka.Configuration;
using NuCypher.P2P.Actors;
using NuCypher.P2P.Actors.Hosting;
using NuCypher.P2P.Actors.Network;
using NuCypher.P2P.Dht;

namespace NuCypher.P2P.DhtBench;

/// <summary>Nodes that share one actor system, a subtree each, on loopback, without a journal.</summary>
internal sealed class Swarm : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(250);

    private readonly ActorSystem _system = ActorSystem.Create("bench", NodeConfig.Of(Config.Empty, Config.Empty));
    private readonly IActorRef _driver;
    private readonly double _loss;

    public Swarm(double loss = 0) =>
        (_loss, _driver) = (loss, _system.ActorOf(ActorProps.Of(() => new DriverActor()), "driver"));

    /// <summary>The nodes that are alive.</summary>
    public List<BenchNode> Nodes { get; } = [];

    /// <summary>Opens the sockets of so many nodes.</summary>
    public async Task OpenAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var machine = _system.ActorOf(ActorProps.Of(() => new MachineActor(_loss, seed: i)), $"node-{i}");
            Nodes.Add(await machine.Ask<BenchNode>(new MachineActor.Open(), Limit));
        }
    }

    /// <summary>Each node joins through the first, one after the other.</summary>
    public Task<DriverActor.Driven> JoinAsync() => DriveAsync(new DriverActor.Drive(
        Nodes.Count - 1, 1, i => (Nodes[i + 1], new Join(i, [Nodes[0].Address])), (_, outcome) => outcome is Joined));

    /// <summary>Runs operations.</summary>
    public Task<DriverActor.Driven> DriveAsync(DriverActor.Drive drive) =>
        _driver.Ask<DriverActor.Driven>(drive, Limit);

    /// <summary>Nodes vanish without a word; the first stays.</summary>
    public async Task KillAsync(int count)
    {
        var stops = new List<Task>();
        for (var i = 0; i < count; i++)
        {
            var victim = Nodes[^1];
            Nodes.Remove(victim);
            stops.Add(victim.Machine.GracefulStop(Limit));
        }
        await Task.WhenAll(stops);
    }

    /// <summary>Datagrams that the living nodes have sent.</summary>
    public async Task<long> SentAsync()
    {
        var sent = 0L;
        foreach (var node in Nodes)
            sent += (await node.Transport.Ask<TransportCounters>(new GetTransportCounters(), Limit)).Sent;
        return sent;
    }

    /// <summary>Waits until nobody has sent anything for a moment; the datagrams sent until then.</summary>
    public async Task<long> QuietAsync()
    {
        var sent = await SentAsync();
        for (var before = -1L; before != sent;)
        {
            await Task.Delay(Quiet);
            (before, sent) = (sent, await SentAsync());
        }
        return sent;
    }

    public async ValueTask DisposeAsync() => await _system.Terminate();
}
