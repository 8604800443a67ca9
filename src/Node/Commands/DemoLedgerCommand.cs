using NuCypher.P2P.Actors;
using NuCypher.P2P.Node.CommandLine;
using NuCypher.P2P.Node.Demo;
using NuCypher.P2P.Node.Demo.Ledger;
using NuCypher.P2P.Node.Errors;

namespace NuCypher.P2P.Node.Commands;

/// <summary>
/// <c>demo ledger</c>: the ledger's rules, offline and in memory; exit code 0 only if all was verified.
/// </summary>
internal sealed class DemoLedgerCommand() : NodeCommand(
    "ledger",
    "Show and verify the ledger, offline: stake, pay, receipts, a lazy Ursula slashed, refund, votes, emission.",
    "nucypher demo ledger")
{
    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(CommandContext context, CancellationToken cancellation)
    {
        var narrator = new DemoNarrator(context);
        using var story = new LedgerStory(TimeProvider.System.GetUtcNow(), new OperatingSystemRandom());
        await story.TellAsync(narrator);
        narrator.Summarize();
        return ExitCode.Success;
    }
}
