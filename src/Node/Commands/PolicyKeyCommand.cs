using System.CommandLine;
using NuCypher.P2P.Node.CommandLine;
using NuCypher.P2P.Node.Errors;

namespace NuCypher.P2P.Node.Commands;

/// <summary><c>policy-key</c>: what others need to encrypt for Alice under a label; it is no secret.</summary>
internal sealed class PolicyKeyCommand : NodeCommand
{
    private readonly Argument<string> _label = new("LABEL") { Description = "The policy's label, granted or not." };

    /// <summary>The command's words.</summary>
    public PolicyKeyCommand() : base(
        "policy-key",
        "Print the public key of a label: with it anybody encrypts under the label, and nobody decrypts.",
        "nucypher policy-key reports")
    {
        Add(_label);
        Add(SharedOptions.Data);
        Add(SharedOptions.PasswordFile);
    }

    /// <inheritdoc/>
    public override Task<ExitCode> RunAsync(CommandContext context, CancellationToken cancellation)
    {
        var label = PolicyOptions.LabelOf(context.Get(_label));
        using var identity = context.OpenIdentity();
        var key = PolicyKeyOption.Format(identity.PolicyKey(label));
        context.Write(new { label = label.Text, policyKey = key }, output => output.WriteLine(key));
        return Task.FromResult(ExitCode.Success);
    }
}
