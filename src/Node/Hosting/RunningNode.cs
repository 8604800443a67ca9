using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Akka;
using Akka.Hosting;
using Microsoft.Extensions.Hosting;
using NuCypher.P2P.Actors;
using NuCypher.P2P.Actors.Discovery;
using NuCypher.P2P.Actors.Dispatching;
using NuCypher.P2P.Actors.Hosting;
using NuCypher.P2P.Actors.Links;
using NuCypher.P2P.Actors.Mediation;
using NuCypher.P2P.Actors.Network;
using NuCypher.P2P.Actors.Reach;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Node.Errors;
using NuCypher.P2P.Node.Https;
using NuCypher.P2P.Policy.Records;

namespace NuCypher.P2P.Node.Hosting;

/// <summary>A whole node in this process: actors, UDP socket, HTTPS service, journal.</summary>
internal sealed class RunningNode : IAsyncDisposable
{
    private const int MostNamed = 5; // of the addresses that were tried

    private readonly NodeStart _start;
    private readonly IHost _host;
    private readonly TaskCompletionSource<NodeActors> _actors = new();
    private HttpsServer? _https;

    private RunningNode(NodeStart start, IHost host)
    {
        (_start, _host, System) = (start, host, host.Services.GetRequiredService<ActorSystem>());
        Health = new HealthBoard(new HealthProbes(this, start), start.Settings.Health,
            start.Logs.CreateLogger("health"));
    }

    /// <summary>The actor system.</summary>
    public ActorSystem System { get; }

    /// <summary>The node's actors.</summary>
    public NodeActors Actors => _actors.Task.Result;

    /// <summary>Sends and receives its datagrams.</summary>
    public IActorRef Transport { get; private set; } = ActorRefs.Nobody;

    /// <summary>Where it speaks Kademlia.</summary>
    public NodeAddress Udp { get; private set; }

    /// <summary>Where it serves; null for a client.</summary>
    public IPEndPoint? Https => _https?.Address;

    /// <summary>What it finds when it looks at itself.</summary>
    public HealthBoard Health { get; }

    /// <summary>Has others call the node back; null for a client.</summary>
    public IActorRef? Reach { get; private set; }

    /// <summary>Calls nodes behind a NAT, mediates for them or is one.</summary>
    public IActorRef? Calls { get; private set; }

    /// <summary>Completes with the actors once they are started.</summary>
    public Task<NodeActors> WhenStarted => _actors.Task;

    /// <summary>Starts a node; it begins to join at once. A failed start leaves nothing behind.</summary>
    /// <exception cref="CommandException">A port is taken or not allowed.</exception>
    public static async Task<RunningNode> StartAsync(NodeStart start)
    {
        var host = HostOf(start);
        await host.StartAsync();
        var node = new RunningNode(start, host);
        try
        {
            await node.OpenAsync();
            return node;
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until the node is in the swarm.</summary>
    /// <exception cref="CommandException">Nobody answered in time.</exception>
    public async Task<int> JoinedAsync(TimeSpan timeLimit, CancellationToken cancellation)
    {
        try
        {
            return (await Actors.Membership.Ask<MemberJoined>(new WhenJoined(), timeLimit, cancellation)).Contacts;
        }
        catch (AskTimeoutException)
        {
            throw new CommandException(
                ExitCode.Network,
                _start.Seeds.Count == 0 ? "there is nobody to join" : $"no node answered at {WordsOf(_start.Seeds)}",
                "Check the addresses after --join, and that a node runs there and its UDP port is open.");
        }
    }

    /// <summary>Waits until other nodes said, in three rounds, that they can't reach this one's service.</summary>
    /// <returns>How many said so in the last round.</returns>
    public async Task<int> UnreachedAsync(CancellationToken cancellation) => Reach is { } reach
        ? (await reach.Ask<Unreached>(new WhenUnreached(), Timeout.InfiniteTimeSpan, cancellation)).Asked
        : throw new InvalidOperationException("A client is reached by nobody.");

    /// <summary>Stops without a word to anybody, as a crash would; what was acknowledged is in the journal.</summary>
    public async Task KillAsync()
    {
        if (_https is { } https)
            await https.StopAsync(TimeSpan.Zero);
        await System.Terminate();
        Close();
    }

    /// <summary>
    /// Lets running requests end, leaves the swarm, stops the actors, closes the journal; at most some seconds.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        if (_https is { } https)
            await https.DisposeAsync();
        Close();
    }

    private static string WordsOf(IReadOnlyList<NodeAddress> seeds) => seeds.Count <= MostNamed
        ? string.Join(", ", seeds)
        : $"{string.Join(", ", seeds.Take(MostNamed))} and {seeds.Count - MostNamed} more";

    private static IHost HostOf(NodeStart start)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton(start.Logs);
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.AddAkka("node", akka => akka.WithNodeLog(start.Logs).WithNode(start.Journal, start.Settings));
        return builder.Build();
    }

    private void Close()
    {
        _host.Dispose();
        _start.Journal.Dispose();
    }

    private async Task OpenAsync()
    {
        _start.Journal.StartUpkeep(System);
        var transport = Transport = System.ActorOf(
            ActorProps.Of(() => new UdpTransportActor()).WithMailbox(UdpTransportActor.Mailbox), "udp");
        Udp = await BindAsync(transport);
        if (_start.Certificate is { } certificate)
            await ServeAsync(certificate);
        var https = System.ActorOf(ActorProps.Of(() => new HttpsLinkActor(_start.Settings.Link)), "https-link");
        var calls = Calls = System.ActorOf(
            ActorProps.Of(() => new CallsActor(CallsOver(transport))).WithMailbox(CallsActor.Mailbox), "calls");
        var link = System.ActorOf(ActorProps.Of(() => new LinkActor(https, calls)), "link");
        var setup = SetUp(transport, link);
        var actors = NodeActors.Start(System, setup);
        OpenDoors(setup, actors);
        Reach = StartReach(setup, actors.Scout);
        actors.Kademlia.Tell(new RestoreRecords(_start.Records));
        CoordinatedShutdown.Get(System).AddTask(CoordinatedShutdown.PhaseClusterLeave, "leave", async () =>
        {
            await actors.Kademlia.Ask<KademliaReply>(new Leave(0));
            return Done.Instance;
        });
        _actors.SetResult(actors);
    }

    private CallsSetup CallsOver(IActorRef transport) => new()
    {
        Options = _start.Settings.Mediation,
        Identity = _start.Identity,
        Transport = transport,
        Random = new OperatingSystemRandom(),
        Choice = new UnpredictableRandom(),
    };

    private void OpenDoors(NodeSetup setup, NodeActors actors)
    {
        if (actors is not { Ursula: { } ursula, Presence: { } presence })
            return;
        Calls.Tell(new OpenDoors(ursula, presence, actors.Scout, _start.IsGuest ? setup.Record : null));
        presence.Tell(new MediateWith(Calls!)); // there is one by now
    }

    private IActorRef? StartReach(NodeSetup setup, IActorRef scout) => OwnRecord() is { } record
        ? System.ActorOf(ActorProps.Of(() =>
            new ReachActor(
                setup.Options.Reach, record, setup.Identity.Signer, setup.Random, scout, setup.Link)), "reach")
        : null;

    private NodeSetup SetUp(IActorRef transport, IActorRef link)
    {
        var settings = _start.Settings;
        return new NodeSetup
        {
            Identity = _start.Identity,
            Transport = transport,
            KademliaDispatcher = InlineDispatcher.Name,
            Link = link,
            Record = _start.IsGuest ? OwnRecord() is { } own ? NodeRecords.OfGuest(own) : null : OwnRecord(),
            Catalog = _start.Journal.Catalog,
            IsCopy = _start.Journal.IsCopy,
            Random = new OperatingSystemRandom(),
            Choice = new UnpredictableRandom(),
            Options = settings with
            {
                Dht = settings.Dht with
                {
                    ClientMode = settings.Dht.ClientMode || _start.IsClient || _start.IsGuest,
                    UseIPv6 = settings.Dht.UseIPv6 && !Udp.IsIPv4,
                },
                Membership = settings.Membership with { Seeds = _start.Seeds },
            },
        };
    }

    private NodeRecord? OwnRecord() => Https is { } https ? NodeRecords.Of(_start, Udp, https) : null;

    private async Task<NodeAddress> BindAsync(IActorRef transport) =>
        await transport.Ask<object>(new Bind(_start.Udp)) switch
        {
            Bound bound => bound.Address,
            BindFailed failed =>
                throw new CommandException(ExitCode.Network, failed.Message, "Give another address with --udp."),
            var other => throw new InvalidOperationException($"the transport answered {other.GetType().Name}"),
        };

    private async Task ServeAsync(X509Certificate2 certificate)
    {
        try
        {
            _https = await HttpsServer.StartAsync(
                _start.Https, certificate, NodeBackend.Create(this, _start), _start.Settings.Https, _start.Logs,
                _start.Settings.Metrics);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            throw new CommandException(
                ExitCode.Network, $"HTTPS {_start.Https} can't be opened: {e.Message}",
                "Give another address with --https, or stop the other program.");
        }
        CoordinatedShutdown.Get(System).AddTask(CoordinatedShutdown.PhaseServiceUnbind, "https", async () =>
        {
            await _https.StopAsync(_start.Settings.ShutdownPhaseTimeout);
            return Done.Instance;
        });
    }
}
