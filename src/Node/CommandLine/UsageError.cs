using System.CommandLine;
using NuCypher.P2P.Node.Errors;

namespace NuCypher.P2P.Node.CommandLine;

/// <summary>A command line that makes no sense: what is wrong, and where the help is, on the error stream alone.</summary>
internal static class UsageError
{
    /// <summary>Says it; gives the exit code.</summary>
    public static int Say(ParseResult parse, InvocationConfiguration configuration)
    {
        foreach (var error in parse.Errors.Select(e => e.Message).Distinct())
            configuration.Error.WriteLine($"error: {Printable.Of(error)}");
        configuration.Error.WriteLine($"       See {PathOf(parse.CommandResult.Command)} --help.");
        return (int)ExitCode.Usage;
    }

    private static string PathOf(Command command) => command.Parents.OfType<Command>().FirstOrDefault() is { } parent
        ? $"{PathOf(parent)} {command.Name}"
        : "nucypher";
}
