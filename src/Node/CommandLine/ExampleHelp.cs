using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace NuCypher.P2P.Node.CommandLine;

/// <summary>The help of a command, then its example.</summary>
internal sealed class ExampleHelp(HelpAction help) : SynchronousCommandLineAction
{
    /// <summary>Puts the example behind every command's help.</summary>
    public static void AddTo(RootCommand root)
    {
        var option = root.Options.OfType<HelpOption>().Single();
        option.Action = new ExampleHelp((HelpAction)option.Action!); // a help option has a help action
    }

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        var code = help.Invoke(parseResult);
        if (parseResult.CommandResult.Command is NodeCommand command)
            parseResult.InvocationConfiguration.Output.WriteLine($"Example:\n  {command.Example}\n");
        return code;
    }
}
