using System.CommandLine;
using NuCypher.P2P.Node.CommandLine;
using NuCypher.P2P.Node.Demo;
using NuCypher.P2P.Node.Errors;
using NuCypher.P2P.Node.Logging;

namespace NuCypher.P2P.Node.Commands;

/// <summary>
/// <c>demo</c>: the main job in one process, on loopback and in a temporary folder; exit code 0 only if all was
/// verified.
/// </summary>
internal sealed class DemoCommand : NodeCommand
{
    private const int MaxNodes = 64;

    private readonly Option<int> _nodes =
        new("--nodes") { Description = "Nodes that serve.", DefaultValueFactory = _ => 8 };
    private readonly Option<int> _threshold = new(
        "--threshold", "-m")
    { Description = "How many Ursulas Bob needs.", DefaultValueFactory = _ => 3 };
    private readonly Option<int> _shares = new(
        "--shares", "-n")
    { Description = "How many Ursulas get a fragment.", DefaultValueFactory = _ => 5 };

    /// <summary>The command's words.</summary>
    public DemoCommand() : base(
        "demo",
        "Show and verify the main job on this machine: join, encrypt, grant, read, kill, renew, revoke, expire.",
        "nucypher demo --nodes 8 --threshold 3 --shares 5")
    {
        Add(_nodes);
        Add(_threshold);
        Add(_shares);
        Add(new DemoLedgerCommand());
    }

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(CommandContext context, CancellationToken cancellation)
    {
        var plan = PlanOf(context);
        var folder = Directory.CreateTempSubdirectory("nucypher-demo-").FullName;
        using var logs = NodeLog.Create(
            plan.Settings.MinimumLevel > LogLevel.Information ? plan.Settings.MinimumLevel : LogLevel.Warning);
        var narrator = new DemoNarrator(context);
        try
        {
            await using (var story = new DemoStory(plan, folder, logs))
                await story.TellAsync(narrator, cancellation);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
        narrator.Summarize();
        return ExitCode.Success;
    }

    private DemoPlan PlanOf(CommandContext context)
    {
        var plan = new DemoPlan(context.Get(_nodes), context.Get(_threshold), context.Get(_shares), context.Settings());
        return plan.Threshold >= 1 && plan.Threshold < plan.Shares
            && plan.Shares <= plan.Nodes && plan.Nodes <= MaxNodes
            ? plan
            : throw new CommandException(
                ExitCode.Usage, "these numbers make no demonstration",
                $"Choose 1 <= threshold < shares <= nodes <= {MaxNodes}.");
    }
}
