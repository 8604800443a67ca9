using System.CommandLine;
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
using NuCypher.P2P.Node.Logging;

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
        Add(_client);
        Add(_acceptPlain);
        Add(_moved);
    }

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(CommandContext context, CancellationToken cancellation)
    {
        foreach (var option in new Option[] { _https, _publicHost, _acceptPlain })
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
        var journal = NodeJournal.Open(folder.Journal, identity, settings.Journal);
        if (context.Get(_moved))
            journal.Accept();
        await using var node = await RunningNode.StartAsync(new NodeStart
        {
            Identity = identity,
            Settings = WithFlags(context, settings),
            Logs = logs,
            Journal = journal,
            Udp = udp,
            Https = https.ToIPEndPoint(),
            Certificate = certificate,
            PublicHost = context.Get(_publicHost),
            Seeds = [.. seeds, .. swarm.ReadPeers()],
            Records = swarm.ReadRecords(),
        });
        SayAddresses(
            context, logs,
            new { nodeId = identity.Id.ToString(), udp = node.Udp.ToString(), https = node.Https?.ToString() });
        var log = logs.CreateLogger("node");
        ServiceAddressFile.Write(folder, node.Https, log);
        var systemd = new SystemdNotifier(); // says nothing unless systemd asked to be told
        systemd.Notify(ServiceState.Ready);
        var joined = SayWhenJoinedAsync(node, log, cancellation);
        var health = node.Health.KeepAsync(cancellation);
        await swarm.KeepAsync(node, log, cancellation);
        await Task.WhenAll(joined, health);
        systemd.Notify(ServiceState.Stopping);
        log.LogInformation("stopping");
        return ExitCode.Success;
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
