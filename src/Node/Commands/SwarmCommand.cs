using System.CommandLine;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Node.CommandLine;
using NuCypher.P2P.Node.Demo;
using NuCypher.P2P.Node.Errors;
using NuCypher.P2P.Node.Logging;

namespace NuCypher.P2P.Node.Commands;

/// <summary>
/// <c>swarm</c>: some Ursulas in one process, on loopback and in a temporary folder, for trying the other commands.
/// </summary>
internal sealed class SwarmCommand : NodeCommand
{
    private const int MaxNodes = 64;
    private static readonly TimeSpan JoinLimit = TimeSpan.FromSeconds(30);

    private readonly Option<int> _nodes =
        new("--nodes") { Description = "Nodes that serve.", DefaultValueFactory = _ => 3 };

    private readonly Option<string> _udp = new("--udp")
    {
        Description = "Where the first one listens: what to give with --join.",
        HelpName = "HOST:PORT",
        DefaultValueFactory = _ => "127.0.0.1:4000",
    };

    /// <summary>The command's words.</summary>
    public SwarmCommand() : base(
        "swarm",
        "Run a small swarm on this machine to try things with, until Ctrl-C; all that it held is gone then.",
        "nucypher swarm --nodes 3 --udp 127.0.0.1:4000")
    {
        Add(_nodes);
        Add(_udp);
    }

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(CommandContext context, CancellationToken cancellation)
    {
        var (count, udp, settings) =
            (context.Get(_nodes), SwarmOptions.OwnOf(context.Get(_udp), "--udp"), context.Settings());
        if (count is < 1 or > MaxNodes)
            throw new CommandException(ExitCode.Usage, $"{count} nodes are no swarm", $"Choose 1 to {MaxNodes}.");
        var folder = Directory.CreateTempSubdirectory("nucypher-swarm-").FullName;
        using var logs =
            NodeLog.Create(settings.MinimumLevel > LogLevel.Information ? settings.MinimumLevel : LogLevel.Warning);
        var nodes = new List<DemoNode>();
        try
        {
            for (var i = 0; i < count; i++)
                nodes.Add(
                    await StartAsync(
                        new DemoNode(Path.Combine(folder, $"{i}"), settings, logs, i == 0 ? udp : null), nodes));
            await Task.WhenAll(nodes.Select(node => node.Running.JoinedAsync(JoinLimit, cancellation)));
            Report.Write(context, new { join = nodes[0].Running.Udp.ToString(), nodes = count });
            await Task.Delay(Timeout.Infinite, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested && nodes.Count == count)
        {
            return ExitCode.Success; // that is how it ends
        }
        finally
        {
            await Task.WhenAll(nodes.Select(node => node.DisposeAsync().AsTask()));
            Directory.Delete(folder, recursive: true);
        }

        return ExitCode.Success;
    }

    private static async Task<DemoNode> StartAsync(DemoNode node, List<DemoNode> before)
    {
        IReadOnlyList<NodeAddress> seeds = before is [var first, ..] ? [first.Running.Udp] : [];
        try
        {
            await node.StartAsync(isClient: false, seeds);
            return node;
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }
}
