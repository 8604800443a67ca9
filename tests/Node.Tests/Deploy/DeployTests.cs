using System.Text.RegularExpressions;
using NuCypher.P2P.Tests;

namespace NuCypher.P2P.Node.Tests.Deploy;

/// <summary>The files in deploy/ are read, not run: their command lines must be ones that the program takes.</summary>
public sealed class DeployTests
{
    public static TheoryData<string> CommandLines =>
    [
        .. Lines("nucypher.service", "^ExecStart=/usr/local/bin/nucypher (.*)$"),
        .. Lines("compose.yaml", "^    command: (.*)$"),
        .. Lines("compose.yaml", "run --rm one (.*)$"),
    ];

    [Theory, MemberData(nameof(CommandLines))]
    [Trait("Row", "QA-06")]
    public void CommandLine_InDeploy_IsOneThatTheProgramTakes(string line)
    {
        var words = line.Replace("${CREDENTIALS_DIRECTORY}", "/run", StringComparison.Ordinal).Split(' ');

        Assert.Empty(Nucypher.Root().Parse(words).Errors);
    }

    [Fact]
    public void CommandLines_OfTheFiles_AreFound() => Assert.Equal(5, CommandLines.Count);

    private static IEnumerable<string> Lines(string file, string pattern) =>
        from line in File.ReadLines(Path.Combine(Repository.Root, "deploy", file))
        let found = Regex.Match(line, pattern)
        where found.Success
        select found.Groups[1].Value;
}
