using System.CommandLine;
using System.Net;
using System.Text;
using Microsoft.Extensions.Hosting.Systemd;
using NuCypher.P2P.Actors.Journal;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Node.CommandLine;
using NuCypher.P2P.Node.Configuration;
using NuCypher.P2P.Node.Errors;
using NuCypher.P2P.Node.Files;
using NuCypher.P2P.Node.Hosting;
using NuCypher.P2P.Node.Https;
using NuCypher.P2P.Node.Lan;
using NuCypher.P2P.Node.Logging;
using NuCypher.P2P.Policy;

namespace NuCypher.P2P.Node.Commands;

/// <summary><c>run</c>: a node, until Ctrl-C or SIGTERM.</summary>
internal sealed class RunCommand : NodeCommand
{
    private readonly Option<string> _udp = new("--udp")
    {
        Description = "Where to listen for the swarm; port 0 lets the system choose.",
        HelpName = "HOST:PORT",
        Required = true,
    };

    private readonly Option<string?> _https = new("--https")
    {
        Description = "Where to serve Alices and Bobs; needed unless --client.",
        HelpName = "HOST:PORT",
    };

    private readonly Option<string?> _publicHost = new("--public-host")
    {
        Description = "Name or address by which others reach this node, if not the one that it listens on.",
        HelpName = "HOST",
    };

    private readonly Option<bool> _client =
        new("--client") { Description = "Only ask: store nothing, hold no policies." };

    private readonly Option<bool> _behindNat = new("--behind-nat")
    {
        Description = "Others can't open connections to this node: have nodes of the swarm introduce callers, who then "
            + "call over UDP. Found out after a minute if not given.",
    };

    private readonly Option<bool> _moved = new("--moved")
    {
        Description = "The folder was moved while no node ran on it, and is no older copy: serve every policy in it.",
    };

    private readonly Option<bool> _acceptPlain =
        new("--accept-plain") { Description = "Store plain unsigned values, for plain Kademlia peers." };

    /// <summary>The command's words.</summary>
    public RunCommand() : base(
        "run",
        "Run a node of the swarm, until Ctrl-C.",
        "nucypher run --data ~/.nucypher --udp 127.0.0.1:4000 --https 127.0.0.1:4001 --join 127.0.0.1:5000")
    {
        Add(SharedOptions.Data);
        Add(SharedOptions.PasswordFile);
        Add(_udp);
        Add(_https);
        Add(_publicHost);
        Add(SwarmOptions.Join);
        Add(SwarmOptions.Lan);
        Add(_client);
        Add(_behindNat);
        Add(_acceptPlain);
        Add(_moved);
    }

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(CommandContext context, CancellationToken cancellation)
    {
        foreach (var option in new Option[] { _https, _publicHost, _acceptPlain, _behindNat })
            context.RequireNotBoth(_client, option);
        var (udp, https) = (SwarmOptions.OwnOf(context.Get(_udp), "--udp"), HttpsOf(context));
        var seeds = SwarmOptions.GivenSeedsOf(context);
        RequirePublicHost(context);
        var settings = context.Settings();
        var folder = DataFolder.At(context.Get(SharedOptions.Data));
        using var identity = context.OpenIdentity();
        using var certificate = context.Get(_client)
            ? null
            : NodeCertificate.ReadOrRenew(folder.Certificate, TimeProvider.System.GetUtcNow());
        using var logs = NodeLog.Create(settings.MinimumLevel, settings.Log.Format);
        var swarm = new SavedSwarm(folder);
        var start = new NodeStart
        {
            Identity = identity,
            Settings = WithFlags(context, settings),
            Logs = logs,
            Journal = OpenJournal(context, folder, identity, settings),
            Udp = udp,
            Seeds = seeds,
            Https = https.ToIPEndPoint(),
            Certificate = certificate,
            PublicHost = context.Get(_publicHost),
            IsGuest = context.Get(_behindNat),
        };
        while (await RunOnceAsync(context, start, swarm, cancellation) is { } bound)
        {
            start = start with
            {
                Journal = NodeJournal.Open(folder.Journal, identity, settings.Journal),
                Udp = bound.Udp,
                Https = bound.Https,
                IsGuest = true,
            };
        }
        return ExitCode.Success;
    }

    private NodeJournal OpenJournal(
        CommandContext context, DataFolder folder, Identity identity, NodeSettings settings)
    {
        var journal = NodeJournal.Open(folder.Journal, identity, settings.Journal);
        if (context.Get(_moved))
            journal.Accept();
        return journal;
    }

    // Where it listened, if it must be started again as one behind a NAT; null if it is over.
    private static async Task<(NodeAddress Udp, IPEndPoint Https)?> RunOnceAsync(
        CommandContext context, NodeStart start, SavedSwarm swarm, CancellationToken cancellation)
    {
        var (folder, log) = (DataFolder.At(context.Get(SharedOptions.Data)), start.Logs.CreateLogger("node"));
        using var turn = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await using var node = await RunningNode.StartAsync(start with
        {
            Seeds = [.. start.Seeds, .. swarm.ReadPeers()],
            Records = swarm.ReadRecords(),
        });
        SayAddresses(
            context, start.Logs,
            new { nodeId = start.Identity.Id.ToString(), udp = node.Udp.ToString(), https = node.Https?.ToString() });
        ServiceAddressFile.Write(folder, node.Https, log);
        using var beacon = context.Get(SwarmOptions.Lan) && !start.IsClient
            ? LanBeacon.Start(node.Udp, start.Settings.Lan, log)
            : null;
        var systemd = new SystemdNotifier(); // says nothing unless systemd asked to be told
        systemd.Notify(ServiceState.Ready);
        var tasks = new[]
        {
            SayWhenJoinedAsync(node, log, turn.Token),
            node.Health.KeepAsync(turn.Token),
            SeedWatch.KeepAsync(node, LookUpOf(context, start, swarm), log, turn.Token),
            start.IsGuest || start.IsClient ? Task.CompletedTask : EndIfUnreachedAsync(node, log, turn),
        };
        await swarm.KeepAsync(node, log, turn.Token);
        await Task.WhenAll(tasks);
        if (!cancellation.IsCancellationRequested)
            return (node.Udp, node.Https!); // only one who serves looks whether others reach it
        systemd.Notify(ServiceState.Stopping);
        log.LogInformation("stopping");
        return null;
    }

    // What may find others where the addresses known at the start don't; null if nothing may.
    private static Func<IReadOnlyList<NodeAddress>>? LookUpOf(
        CommandContext context, NodeStart start, SavedSwarm swarm)
    {
        var usesLan = context.Get(SwarmOptions.Lan);
        if (SwarmOptions.SeedNamesOf(context).Count == 0 && !usesLan)
            return null;
        return () =>
        [
            .. SwarmOptions.GivenSeedsOf(context), .. swarm.ReadPeers(),
            .. usesLan ? LanSearch.Find(start.Settings.Lan) : [],
        ];
    }

    private static async Task EndIfUnreachedAsync(RunningNode node, ILogger log, CancellationTokenSource turn)
    {
        try
        {
            var asked = await node.UnreachedAsync(turn.Token);
            log.LogWarning(
                "none of {Asked} nodes reach this one: it goes on as one behind a NAT or firewall, whom callers reach"
                + " over UDP once others introduce them; if its TCP port is open soon, start it again", asked);
            await turn.CancelAsync();
        }
        catch (OperationCanceledException)
        {
            return;
        }
    }

    // Nobody may read it any more: the node serves all the same.
    private static void SayAddresses(CommandContext context, ILoggerFactory logs, object addresses)
    {
        try
        {
            Report.Write(context, addresses);
        }
        catch (Exception e) when (e is IOException or CommandException)
        {
            logs.CreateLogger("node").LogWarning("the node's addresses could not be printed: {Why}", e.Message);
        }
    }

    private NodeAddress HttpsOf(CommandContext context) => context.Get(_https) is { } text
        ? SwarmOptions.OwnOf(text, "--https")
        : context.Get(_client)
            ? default
            : throw new CommandException(
                ExitCode.Usage, "there is no address to serve at", "Give --https HOST:PORT, or --client.");

    private void RequirePublicHost(CommandContext context)
    {
        if (context.Get(_publicHost) is not { } host)
            return;
        var isAddress = NodeAddress.TryParse(host.Trim('[', ']'), 1, out var address);
        if (isAddress ? !address.IsUnicast : !HostAddress.IsName(host) || !Ascii.IsValid(host))
        {
            throw new CommandException(
                ExitCode.Usage, $"--public-host {host} is no host that others can reach",
                "Give a name in ASCII or an address, without a port.");
        }
    }

    private NodeSettings WithFlags(CommandContext context, NodeSettings settings)
    {
        var dht = settings.Dht;
        dht = dht with
        {
            ClientMode = dht.ClientMode || context.Get(_client),
            AcceptPlain = dht.AcceptPlain || context.Get(_acceptPlain),
        };
        return settings with { Dht = dht };
    }

    private static async Task SayWhenJoinedAsync(RunningNode node, ILogger log, CancellationToken cancellation)
    {
        var limit = TimeSpan.FromSeconds(10);
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                log.LogInformation(
                    "joined the swarm: {Contacts} contacts", await node.JoinedAsync(limit, cancellation));
                return;
            }
            catch (CommandException e)
            {
                log.LogWarning("{What}; the node goes on trying, and waits to be found", e.Message);
                limit = TimeSpan.FromMinutes(10);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }
}
