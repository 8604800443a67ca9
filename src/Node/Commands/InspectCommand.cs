using NuCypher.P2P.Node.CommandLine;
using NuCypher.P2P.Node.Errors;
using NuCypher.P2P.Node.Kits;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Node.Commands;

/// <summary><c>inspect</c>: what can be known of a kit without opening it.</summary>
internal sealed class InspectCommand : NodeCommand
{
    /// <summary>The command's words.</summary>
    public InspectCommand() : base(
        "inspect",
        "Show what a message kit says without being opened: its size, who signed it and whether truly, its label.",
        "nucypher inspect report.kit --label reports")
    {
        Add(PolicyOptions.Input);
        Add(PolicyOptions.Label);
        Add(PolicyKeyOption.Option);
        Add(SharedOptions.Data);
        Add(SharedOptions.PasswordFile);
    }

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(CommandContext context, CancellationToken cancellation)
    {
        context.RequireNotBoth(PolicyKeyOption.Option, PolicyOptions.Label);
        using var input = await KitInput.OpenAsync(context.Get(PolicyOptions.Input), cancellation);
        var kit = input.Kit;
        var isForKey = KeyOf(context) is { } key ? kit.IsFor(key) : (bool?)null;
        var (rest, isTrue) = await ReadAsync(context, input, cancellation);
        Report.Write(context, new
        {
            payloadBytes = kit.PayloadSizeOf(rest) is var size and >= 0 ? size : (long?)null,
            isText = input.IsArmored,
            signed = KitReport.Of(kit.Signing),
            author = kit.PublicAuthor is { } author ? Convert.ToHexStringLower(author.ToBytes()) : null,
            signatureIsTrue = isTrue,
            isForTheKey = isForKey,
            keyHint = Convert.ToHexStringLower(kit.KeyHint.Span),
        });
        return isForKey == false || isTrue == false || kit.PayloadSizeOf(rest) < 0
            ? ExitCode.BadInput
            : ExitCode.Success;
    }

    private static PublicKey? KeyOf(CommandContext context)
    {
        if (!context.Has(PolicyOptions.Label))
            return PolicyKeyOption.Of(context);
        var label = PolicyOptions.LabelOf(context);
        using var identity = context.OpenIdentity();
        return identity.PolicyKey(label);
    }

    private static async Task<(long Size, bool? IsTrue)> ReadAsync(
        CommandContext context, KitInput input, CancellationToken cancellation)
    {
        using var progress = new ByteProgress(context.Live, "reading", input.Rest);
        using var signature = input.Kit.CheckSignature();
        var size =
            await KitStream.PumpAsync(input.Rest, piece => signature?.Append(piece), progress.Report, cancellation);
        return (size, signature?.Finish());
    }
}
