using System.CommandLine;
using NuCypher.P2P.Actors;
using NuCypher.P2P.Node.CommandLine;
using NuCypher.P2P.Node.Errors;
using NuCypher.P2P.Node.Files;
using NuCypher.P2P.Node.Kits;
using NuCypher.P2P.Policy.Kits;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Node.Commands;

/// <summary><c>encrypt</c>: a message kit from a file; as Alice by label, or as anybody by policy key.</summary>
internal sealed class EncryptCommand : NodeCommand
{
    private readonly Option<string?> _policyKey = new("--policy-key")
    {
        Description = "The policy's public key, 66 hexadecimal digits; instead of --label; then no identity is needed, and --sign is not possible.",
        HelpName = "HEX",
    };

    private readonly Option<bool> _sign = new("--sign") { Description = "Sign as the author, inside the encryption." };

    /// <summary>The command's words.</summary>
    public EncryptCommand() : base(
        "encrypt",
        "Encrypt a file under a label; nobody needs to be known who will read it.",
        "nucypher encrypt report.pdf -o report.kit --label reports")
    {
        Add(PolicyOptions.Input);
        Add(PolicyOptions.Output);
        Add(PolicyOptions.Label);
        Add(_policyKey);
        Add(_sign);
        Add(SharedOptions.Data);
        Add(SharedOptions.PasswordFile);
    }

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(CommandContext context, CancellationToken cancellation)
    {
        context.RequireNotBoth(_policyKey, _sign);
        context.RequireNotBoth(_policyKey, PolicyOptions.Label);
        if (context.Get(_policyKey) is { } hex)
            return await EncryptAsync(context, KeyOf(hex), author: null, cancellation);
        var label = PolicyOptions.LabelOf(context);
        using var identity = context.OpenIdentity();
        return await EncryptAsync(context, identity.PolicyKey(label), context.Get(_sign) ? identity.Signer : null, cancellation);
    }

    private static async Task<ExitCode> EncryptAsync(
        CommandContext context, PublicKey policyKey, Signer? author, CancellationToken cancellation)
    {
        using var input = OutputFile.OpenInput(context.Get(PolicyOptions.Input));
        using var output = new OutputFile(context.Get(PolicyOptions.Output), Modes.Shared, asItComes: true);
        using var sealer = new KitSealer(policyKey, author, AeadAlgorithm.XChaCha20Poly1305, new OperatingSystemRandom());
        var count = await KitStream.SealAsync(sealer, input, output, cancellation);
        output.Commit();
        Report.Write(context, new { bytes = count, policyKey = Convert.ToHexStringLower(policyKey.ToBytes()), signed = author is not null });
        return ExitCode.Success;
    }

    private static PublicKey KeyOf(string hex)
    {
        var bytes = new byte[PublicKey.Size];
        var read = hex.Length == 2 * bytes.Length && Convert.FromHexString(hex, bytes, out _, out _) == System.Buffers.OperationStatus.Done;
        return read && PublicKey.TryRead(bytes, out var key)
            ? key
            : throw new CommandException(ExitCode.BadInput, "--policy-key is not a key", "Copy the 66 digits that Alice's encrypt or grant printed.");
    }
}
