using System.CommandLine;
using NuCypher.P2P.Node.Errors;

namespace NuCypher.P2P.Node.CommandLine;

/// <summary>A command of the program: its options, its example, what it does.</summary>
internal abstract class NodeCommand : Command
{
    /// <summary>Adds the command's words to the line; subclasses add their options.</summary>
    protected NodeCommand(string name, string description, string example) : base(name, description)
    {
        Example = example;
        SetAction((parse, cancellation) => CommandOutcome.OfAsync(this, new CommandContext(parse), cancellation));
    }

    /// <summary>A line that works, for the help.</summary>
    public string Example { get; }

    /// <summary>Does the work.</summary>
    /// <exception cref="CommandException">It could not be done; the message says why.</exception>
    public abstract Task<ExitCode> RunAsync(CommandContext context, CancellationToken cancellation);
}
