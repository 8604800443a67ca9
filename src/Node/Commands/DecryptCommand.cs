using NuCypher.P2P.Node.CommandLine;
using NuCypher.P2P.Node.Errors;
using NuCypher.P2P.Node.Kits;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Node.Commands;

/// <summary><c>decrypt</c>: Alice reads what was encrypted under her label; no network is needed.</summary>
internal sealed class DecryptCommand : NodeCommand
{
    /// <summary>The command's words.</summary>
    public DecryptCommand() : base(
        "decrypt",
        "Decrypt message kits of one's own label (Bob uses retrieve).",
        "nucypher decrypt report.kit -o report.pdf --label reports")
    {
        Add(PolicyOptions.Inputs);
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
        var pairs = FilePairs.Of(context, PlainOutput.NameOf);
        using var identity = context.OpenIdentity();
        using var key = identity.DelegatingKey(label);
        var files =
            await FilePairs.ForEachAsync(context, pairs, pair => DecryptAsync(context, pair, label, key, cancellation));
        FileResult.Write(context, files, new { });
        return ExitCode.Success;
    }

    private static async Task<FileResult> DecryptAsync(
        CommandContext context, FilePair pair, PolicyLabel label, SecretKey key, CancellationToken cancellation)
    {
        using var input = await KitInput.OpenAsync(pair.Input, cancellation);
        if (!input.Kit.IsFor(key.PublicKey))
        {
            throw new CommandException(
                ExitCode.BadInput, $"the kit is of another label than {label}, or of another Alice",
                "Give its label, and --data of the Alice whose it is; nucypher inspect tells whether they fit.");
        }

        if (!input.Kit.TryOpenOriginal(key, out var opener))
            throw KitStream.Altered;
        using (opener)
            return await PlainOutput.WriteAsync(context, pair, opener, input, cancellation);
    }
}
