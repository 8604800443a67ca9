using System.CommandLine;
using NuCypher.P2P.Node.Errors;

namespace NuCypher.P2P.Node.CommandLine;

/// <summary>A command line that makes no sense: what is wrong, and where the help is.</summary>
internal static class UsageError
{
    /// <summary>What is wrong with a command line.</summary>
    public static CommandException Of(ParseResult parse) => new(
        ExitCode.Usage,
        string.Join("; ", parse.Errors.Select(e => e.Message.TrimEnd('.')).Distinct()),
        $"See {PathOf(parse.CommandResult.Command)} --help.");

    private static string PathOf(Command command) => command.Parents.OfType<Command>().FirstOrDefault() is { } parent
        ? $"{PathOf(parent)} {command.Name}"
        : "nucypher";
}
