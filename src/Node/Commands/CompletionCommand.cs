using System.CommandLine;
using NuCypher.P2P.Node.CommandLine;
using NuCypher.P2P.Node.Errors;

namespace NuCypher.P2P.Node.Commands;

/// <summary><c>completion</c>: what a shell needs to complete commands and options.</summary>
internal sealed class CompletionCommand : NodeCommand
{
    private readonly Argument<string> _shell = new("SHELL") { Description = "Which shell." };

    /// <summary>The command's words.</summary>
    public CompletionCommand() : base(
        "completion", "Print a script with which a shell completes commands and options.", "nucypher completion bash")
    {
        _shell.AcceptOnlyFromAmong("bash", "zsh", "fish");
        Add(_shell);
    }

    /// <inheritdoc/>
    public override Task<ExitCode> RunAsync(CommandContext context, CancellationToken cancellation)
    {
        var shell = context.Get(_shell);
        var script = CompletionScript.Of(shell, context.Root);
        context.Write(new { shell, script }, output => output.Write(script));
        return Task.FromResult(ExitCode.Success);
    }
}
