using System.CommandLine;
using NuCypher.P2P.Actors.Alice;
using NuCypher.P2P.Actors.Network;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Node.CommandLine;
using NuCypher.P2P.Node.Contacts;
using NuCypher.P2P.Node.Errors;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Alice;
using NuCypher.P2P.Policy.Records;

namespace NuCypher.P2P.Node.Commands;

/// <summary><c>recover</c>: Alice finds her grants again by their treasure maps, when her journal is lost.</summary>
internal sealed class RecoverCommand : NodeCommand
{
    private readonly Option<string[]> _labels = new("--label")
    {
        Description = "A label that was granted; may be given more than once.",
        HelpName = "TEXT",
        Required = true,
    };

    private readonly Option<string[]> _bobs = new("--bob")
    {
        Description = "To whom; may be given more than once. Without it, every contact with a Bob's card.",
        HelpName = "CARD|NAME",
        DefaultValueFactory = _ => [],
    };

    /// <summary>The command's words.</summary>
    public RecoverCommand() : base(
        "recover",
        "Find grants again in the swarm after the journal was lost, so that they can be renewed and revoked.",
        "nucypher recover --label reports --bob bob1_... --join 127.0.0.1:4000")
    {
        Add(_labels);
        Add(_bobs);
        Add(SwarmOptions.Join);
        Add(SwarmOptions.Lan);
        Add(SharedOptions.Data);
        Add(SharedOptions.PasswordFile);
    }

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(CommandContext context, CancellationToken cancellation)
    {
        var labels = context.Get(_labels).Select(PolicyOptions.LabelOf).Distinct().ToList();
        var bobs = BobsOf(context);
        SwarmOptions.SeedsOf(context);
        using var identity = context.OpenIdentity();
        await using var client = await ClientNode.JoinWithGrantsAsync(context, identity, cancellation);
        var found = new List<Grant>();
        foreach (var (label, bob) in labels.SelectMany(label => bobs.Select(bob => (label, bob))))
        {
            if (await FindAsync(client, identity, label, bob, cancellation) is { } grant)
                found.Add(grant);
        }

        if (found.Count == 0)
        {
            var failure = new CommandException(
                ExitCode.NotFound, "the swarm has no treasure map of these labels for these Bobs",
                "Labels and cards must be the same as when it was granted.");
            throw ClockDiagnosis.Explain(failure, context.Ages);
        }

        context.Write(
            new { policies = found.Select(GrantReport.ToJson) }, output => GrantReport.Write(context, output, found));
        return ExitCode.Success;
    }

    private List<BobCard> BobsOf(CommandContext context)
    {
        var texts = context.Get(_bobs) is { Length: > 0 } given
            ? given
            : [.. ContactBook.Of(context.RequireFolder()).Entries.Where(entry => entry.Role == "bob")
            .Select(entry => entry.Card)];
        return texts.Length > 0
            ? [.. texts.Select(text => PolicyOptions.BobOf(context, text)).Distinct()]
            : throw new CommandException(
                ExitCode.Usage, "there is no Bob to look for",
                "Give --bob CARD, or add Bobs with nucypher contacts add.");
    }

    private static async Task<Grant?> FindAsync(
        ClientNode client, Identity identity, PolicyLabel label, BobCard bob, CancellationToken cancellation)
    {
        var key = TreasureMap.KeyOf(identity.VerifyingKey, identity.HracFor(bob, label));
        if (await client.AskAsync(new GetMap(0, key), cancellation) is not RecordFound record)
            return null;
        var answer =
            await client.RunAsync(client.Actors.Alice, new TakeBackGrant(label, bob, record.Record), cancellation);
        return (answer as GrantFound)?.Grant;
    }
}
