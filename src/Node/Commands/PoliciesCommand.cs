using NuCypher.P2P.Actors;
using NuCypher.P2P.Actors.Alice;
using NuCypher.P2P.Actors.Journal;
using NuCypher.P2P.Actors.Sessions;
using NuCypher.P2P.Node.CommandLine;
using NuCypher.P2P.Node.Configuration;
using NuCypher.P2P.Node.Errors;
using NuCypher.P2P.Node.Files;
using NuCypher.P2P.Node.Hosting;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Alice;

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
        var grants = await ListAsync(settings, identity, journal, cancellation);
        context.Write(
            new { policies = grants.Select(GrantReport.ToJson) }, output => GrantReport.Write(context, output, grants));
        return ExitCode.Success;
    }

    // Alice alone, without a network: what she would publish goes nowhere.
    private static async Task<IReadOnlyList<Grant>> ListAsync(
        NodeSettings settings, Identity identity, NodeJournal journal, CancellationToken cancellation)
    {
        var system = NodeSystem.Create("policies", journal, settings);
        var nobody = new SessionPeers(system.DeadLetters, system.DeadLetters, system.DeadLetters);
        var alice = system.ActorOf(
            ActorProps.Of(() => new AliceActor(identity, settings.Alice, new OperatingSystemRandom(), nobody)));
        var listed = await alice.Ask<GrantsListed>(new ListGrants(), null, cancellation);
        await system.Terminate();
        return listed.Grants;
    }
}
