using NuCypher.P2P.Node.CommandLine;
using NuCypher.P2P.Node.Errors;
using NuCypher.P2P.Node.Files;
using NuCypher.P2P.Node.Kits;

namespace NuCypher.P2P.Node.Commands;

/// <summary><c>decrypt</c>: Alice reads what was encrypted under her label; no network is needed.</summary>
internal sealed class DecryptCommand : NodeCommand
{
    /// <summary>The command's words.</summary>
    public DecryptCommand() : base(
        "decrypt",
        "Decrypt a message kit of one's own label (Bob uses retrieve).",
        "nucypher decrypt report.kit -o report.pdf --label reports")
    {
        Add(PolicyOptions.Input);
        Add(PolicyOptions.Output);
        Add(PolicyOptions.AsItComes);
        Add(PolicyOptions.Label);
        Add(SharedOptions.Data);
        Add(SharedOptions.PasswordFile);
    }

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(CommandContext context, CancellationToken cancellation)
    {
        var label = PolicyOptions.LabelOf(context);
        using var identity = context.OpenIdentity();
        using var key = identity.DelegatingKey(label);
        using var input = OutputFile.OpenInput(context.Get(PolicyOptions.Input));
        var kit = await KitStream.ReadHeadAsync(input, cancellation);
        if (!kit.TryOpenOriginal(key, out var opener))
            throw new CommandException(ExitCode.BadInput, $"the kit is of another label than {label}, or of another Alice", "Give the label that it was encrypted under, and --data of the Alice whose policy key it was.");
        using (opener)
        {
            using var output = PolicyOptions.OpenPlain(context);
            var author = await KitStream.OpenAsync(opener, input, output, cancellation);
            output.Commit();
            Report.Write(context, new { author = author is null ? null : Convert.ToHexStringLower(author.ToBytes()) });
        }
        return ExitCode.Success;
    }
}
