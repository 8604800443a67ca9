using NuCypher.P2P.Actors.Bob;
using NuCypher.P2P.Node.CommandLine;
using NuCypher.P2P.Node.Errors;
using NuCypher.P2P.Node.Files;
using NuCypher.P2P.Node.Kits;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Kits;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Node.Commands;

/// <summary><c>retrieve</c>: Bob reads a message kit that Alice lets him read.</summary>
internal sealed class RetrieveCommand : NodeCommand
{
    /// <summary>The command's words.</summary>
    public RetrieveCommand() : base(
        "retrieve",
        "Decrypt a message kit that somebody granted, with the help of Ursulas.",
        "nucypher retrieve report.kit -o report.pdf --alice alice1_... --label reports --join 127.0.0.1:4000")
    {
        Add(PolicyOptions.Input);
        Add(PolicyOptions.Output);
        Add(PolicyOptions.AsItComes);
        Add(PolicyOptions.Alice);
        Add(PolicyOptions.Label);
        Add(SwarmOptions.Join);
        Add(SwarmOptions.Deadline);
        Add(SharedOptions.Data);
        Add(SharedOptions.PasswordFile);
    }

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(CommandContext context, CancellationToken cancellation)
    {
        var (alice, label) = (PolicyOptions.AliceOf(context), PolicyOptions.LabelOf(context));
        SwarmOptions.SeedsOf(context);
        using var identity = context.OpenIdentity();
        using var input = OutputFile.OpenInput(context.Get(PolicyOptions.Input));
        var kit = await KitStream.ReadHeadAsync(input, cancellation);
        var retrieved = await RetrieveAsync(context, identity, alice, label, kit.Capsule, cancellation);
        if (!kit.TryOpenReencrypted(identity.DecryptingKey, retrieved.Map.PolicyKey, retrieved.CapsuleFrags[0], out var opener))
            throw new CommandException(ExitCode.BadInput, $"the kit is of another label than {label}, or of another Alice", "Give the label and the Alice that it was encrypted for; ask her which they are.");
        using (opener)
            await WriteAsync(context, opener, input, retrieved, cancellation);
        return ExitCode.Success;
    }

    private static async Task<Retrieved> RetrieveAsync(
        CommandContext context, Identity identity, AliceCard alice, PolicyLabel label, Capsule capsule, CancellationToken cancellation)
    {
        await using var client = await ClientNode.JoinAsync(context, identity, cancellation);
        var retrieve = new Retrieve(alice.VerifyingKey, label, [capsule], SwarmOptions.DeadlineOf(context));
        return await client.RunAsync(client.Actors.Bob, retrieve, cancellation) is var answer && answer is Retrieved retrieved
            ? retrieved
            : throw RetrievalFailures.Of(answer, context);
    }

    private static async Task WriteAsync(
        CommandContext context, KitOpener opener, Stream input, Retrieved retrieved, CancellationToken cancellation)
    {
        using var output = PolicyOptions.OpenPlain(context);
        var author = await KitStream.OpenAsync(opener, input, output, cancellation);
        output.Commit();
        var key = author is null ? null : Convert.ToHexStringLower(author.ToBytes());
        context.Write(
            new { author = key, threshold = retrieved.Map.Threshold, ursulas = OutcomeTable.ToJson(retrieved.Outcomes) },
            words =>
            {
                OutcomeTable.Write(words, retrieved.Outcomes);
                words.WriteLine(key is null ? "read; the author did not sign" : $"read; signed by {key}");
            });
    }
}
