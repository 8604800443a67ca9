using System.CommandLine;
using NuCypher.P2P.Actors;
using NuCypher.P2P.Node.CommandLine;
using NuCypher.P2P.Node.Errors;
using NuCypher.P2P.Node.Files;
using NuCypher.P2P.Node.Kits;
using NuCypher.P2P.Policy.Kits;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Node.Commands;

/// <summary><c>encrypt</c>: message kits from files; as Alice by label, or as anybody by policy key.</summary>
internal sealed class EncryptCommand : NodeCommand
{
    private readonly Option<bool> _sign =
        new("--sign") { Description = "Sign as the author, inside the encryption: only readers see who you are." };

    // Not a value of --sign: that one would take the file behind it.
    private readonly Option<bool> _signPublicly = new("--sign=public")
    {
        Description = "Sign the encrypted bytes: everybody can see, and check, who you are.",
    };

    private readonly Option<bool> _armor = new("--armor") { Description = "Write text for mail and chat." };

    /// <summary>The command's words.</summary>
    public EncryptCommand() : base(
        "encrypt",
        "Encrypt files under a label; nobody needs to be known who will read them.",
        "nucypher encrypt report.pdf -o report.kit --label reports")
    {
        Add(PolicyOptions.Inputs);
        Add(PolicyOptions.Output);
        Add(PolicyOptions.Label);
        Add(PolicyKeyOption.Option);
        Add(_sign);
        Add(_signPublicly);
        Add(_armor);
        Add(SharedOptions.Data);
        Add(SharedOptions.PasswordFile);
    }

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(CommandContext context, CancellationToken cancellation)
    {
        context.RequireNotBoth(PolicyKeyOption.Option, _sign);
        context.RequireNotBoth(PolicyKeyOption.Option, _signPublicly);
        context.RequireNotBoth(PolicyKeyOption.Option, PolicyOptions.Label);
        context.RequireNotBoth(_sign, _signPublicly);
        var pairs = FilePairs.Of(context, name => $"{name}.kit{(context.Get(_armor) ? ".txt" : "")}");
        if (PolicyKeyOption.Of(context) is { } key)
            return await EncryptAsync(context, pairs, key, author: null, cancellation);
        var label = PolicyOptions.LabelOf(context);
        using var identity = context.OpenIdentity();
        var author = context.Get(_sign) || context.Get(_signPublicly) ? identity.Signer : null;
        return await EncryptAsync(context, pairs, identity.PolicyKey(label), author, cancellation);
    }

    private async Task<ExitCode> EncryptAsync(
        CommandContext context, IReadOnlyList<FilePair> pairs, PublicKey policyKey, Signer? author,
        CancellationToken cancellation)
    {
        var files = await FilePairs.ForEachAsync(context, pairs, async pair => new FileResult(
            pair, await EncryptAsync(context, pair, policyKey, author, cancellation)));
        FileResult.Write(context, files, new
        {
            policyKey = PolicyKeyOption.Format(policyKey),
            signed = KitReport.Of(
                author is null ? KitSigning.None : context.Get(_signPublicly) ? KitSigning.Public : KitSigning.Inside),
        });
        return ExitCode.Success;
    }

    private async Task<long> EncryptAsync(
        CommandContext context, FilePair pair, PublicKey policyKey, Signer? author, CancellationToken cancellation)
    {
        using var input = OutputFile.OpenInput(pair.Input);
        using var output = new OutputFile(pair.Output, Modes.Shared, asItComes: true);
        using var sealer = new KitSealer(
            policyKey, author, AeadAlgorithm.XChaCha20Poly1305, new OperatingSystemRandom(),
            context.Get(_signPublicly));
        var armor = context.Get(_armor) ? new ArmorWriter(output.Write) : null;
        using var progress = new ByteProgress(context.Live, $"encrypting {pair.Input}", input);
        var count = await KitStream.SealAsync(
            sealer, input, armor is null ? output.Write : armor.Append, progress.Report, cancellation);
        armor?.Finish();
        output.Commit();
        return count;
    }
}
