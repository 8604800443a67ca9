using System.CommandLine;
using NuCypher.P2P.Actors.Alice;
using NuCypher.P2P.Actors.Network;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Node.CommandLine;
using NuCypher.P2P.Node.Errors;
using NuCypher.P2P.Node.Files;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Records;

namespace NuCypher.P2P.Node.Commands;

/// <summary><c>map publish</c>: gives a treasure map to the swarm again, from Alice's grants or from a file.</summary>
internal sealed class MapPublishCommand : NodeCommand
{
    private readonly Option<FileInfo?> _file = new("--file")
    {
        Description = "A map as map fetch wrote it, anybody's; instead of --label and --bob.",
        HelpName = "FILE",
    };

    /// <summary>The command's words.</summary>
    public MapPublishCommand() : base(
        "publish",
        "Publish a treasure map: of a grant of this folder, or from a file.",
        "nucypher map publish --label reports --bob bob1_... --join 127.0.0.1:4000")
    {
        Add(PolicyOptions.Label);
        Add(PolicyOptions.Bob);
        Add(_file);
        Add(SwarmOptions.Join);
        Add(SwarmOptions.Lan);
        Add(SharedOptions.Data);
        Add(SharedOptions.PasswordFile);
    }

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(CommandContext context, CancellationToken cancellation)
    {
        context.RequireNotBoth(_file, PolicyOptions.Label);
        context.RequireNotBoth(_file, PolicyOptions.Bob);
        SwarmOptions.SeedsOf(context);
        using var identity = context.OpenIdentity();
        await using var client = await ClientNode.JoinWithGrantsAsync(context, identity, cancellation);
        var map = context.Get(_file) is { } file
            ? OutputFile.ReadInput(file.FullName, SignedRecord.MaxSize)
            : await OfGrantAsync(context, identity, client, cancellation);
        if (!SignedRecord.TryRead(map.Span, out var record) || !record.TryVerify(
            RecordSignatures.Verify, out var verified))
            throw new CommandException(
                ExitCode.BadInput, "this is no treasure map, or its signature is wrong",
                "Fetch it again with nucypher map fetch --save FILE.");
        var stored = KademliaFailures.Expect<Stored>(
            await client.AskAsync(new PublishRecord(0, verified), cancellation));
        Report.Write(context, new { key = verified.Key.ToString(), keptBy = stored.Acknowledged, bytes = map.Length });
        return ExitCode.Success;
    }

    private static async Task<ReadOnlyMemory<byte>> OfGrantAsync(
        CommandContext context, Identity identity, ClientNode client, CancellationToken cancellation)
    {
        var hrac = identity.HracFor(PolicyOptions.BobOf(context), PolicyOptions.LabelOf(context));
        var listed = await client.Actors.Alice.Ask<GrantsListed>(new ListGrants(), null, cancellation);
        return listed.Grants.FirstOrDefault(g => g.Hrac == hrac)?.MapRecord
            ?? throw GrantFailures.Of(Policy.Alice.GrantRefusal.Unknown);
    }
}
