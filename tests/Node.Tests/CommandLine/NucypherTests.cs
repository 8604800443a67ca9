using System.CommandLine;
using NuCypher.P2P.Node.CommandLine;

namespace NuCypher.P2P.Node.Tests.CommandLine;

public sealed class NucypherTests
{
    public static TheoryData<string> Commands => [.. PathsBelow(Nucypher.Root(), "")];

    [Theory, MemberData(nameof(Commands))]
    public async Task Help_EveryCommand_HasAnExampleThatParses(string path)
    {
        var outcome = await Terminal.RunAsync([.. path.Split(' '), "--help"]);
        var example = outcome.Output.Split("Example:\n  ")[1].Split('\n')[0];

        var parse = Nucypher.Root().Parse(example["nucypher ".Length..]);

        Assert.Equal(ExitCode.Success, outcome.Code);
        Assert.StartsWith($"nucypher {path}", example, StringComparison.Ordinal);
        Assert.Empty(parse.Errors);
    }

    [Theory, InlineData("bogus"), InlineData("init --bogus"), InlineData("")]
    public async Task Run_WordsThatAreNone_IsAUsageError(string words)
    {
        var outcome = await Terminal.RunAsync(words.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal(ExitCode.Usage, outcome.Code);
        Assert.NotEmpty(outcome.Error);
    }

    private static IEnumerable<string> PathsBelow(Command command, string path) => command.Subcommands.SelectMany(
        c => c.Subcommands.Count == 0 ? [$"{path}{c.Name}"] : PathsBelow(c, $"{path}{c.Name} "));
}
