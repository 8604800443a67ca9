using NuCypher.P2P.Actors.Alice;
using NuCypher.P2P.Actors.Journal;
using NuCypher.P2P.Node.CommandLine;
using NuCypher.P2P.Node.Errors;
using NuCypher.P2P.Node.Files;

namespace NuCypher.P2P.Node.Commands;

/// <summary><c>policies</c>: what Alice granted, from her journal; no network is needed.</summary>
internal sealed class PoliciesCommand : NodeCommand
{
    /// <summary>The command's words.</summary>
    public PoliciesCommand() : base(
        "policies", "List what was granted from this folder.", "nucypher policies --data ~/.nucypher")
    {
        Add(SharedOptions.Data);
        Add(SharedOptions.PasswordFile);
    }

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(CommandContext context, CancellationToken cancellation)
    {
        var settings = context.Settings();
        using var identity = context.OpenIdentity();
        using var journal = NodeJournal.Open(
            DataFolder.At(context.Get(SharedOptions.Data)).Journal, identity, settings.Journal);
        var grants = await GrantBook.ReadAsync(journal, identity, settings.Alice.MaxGrants);
        context.Write(
            new { policies = grants.Select(GrantReport.ToJson) }, output => GrantReport.Write(context, output, grants));
        return ExitCode.Success;
    }
}
