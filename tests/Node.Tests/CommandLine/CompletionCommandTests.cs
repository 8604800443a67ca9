using System.Diagnostics;
using NuCypher.P2P.Node.Errors;

namespace NuCypher.P2P.Node.Tests.CommandLine;

public sealed class CompletionCommandTests
{
    [Theory]
    [InlineData("gra", "grant"), InlineData("contacts ", "add list remove"), InlineData("contacts a", "add"),
        InlineData("grant --thr", "--threshold")]
    [InlineData("grant --label x --bo", "--bob"), InlineData("map fetch --jso", "--json"), InlineData("encrypt fi", "")]
    [InlineData("encrypt x --sign", "--sign --sign=public")]
    public async Task Bash_SomeWords_OffersWhatFits(string words, string offered)
    {
        using var folder = new TemporaryFolder();
        var script = (await Terminal.RunAsync("completion", "bash")).Output;
        await File.WriteAllTextAsync(folder.File("complete"), script);
        var typed = string.Join(' ', words.Split(' ').Select(word => $"'{word}'"));
        var line = $". {folder.File("complete")}; COMP_WORDS=(nucypher {typed}); COMP_CWORD={words.Split(' ').Length}; "
            + "_nucypher; echo ${COMPREPLY[@]}";

        var start = new ProcessStartInfo("bash", ["-c", line])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var bash = Process.Start(start)!;
        var output = await bash.StandardOutput.ReadToEndAsync();

        Assert.Empty(await bash.StandardError.ReadToEndAsync());
        Assert.Equal(offered, output.Trim());
    }

    [Theory, InlineData("zsh"), InlineData("fish")]
    public async Task OtherShells_EveryCommandAndOption_IsThere(string shell)
    {
        var script = await Terminal.RunAsync("completion", shell, "--json");
        var text = script.Json.GetProperty("script").GetString()!;

        Assert.All(
            new[] { "' contacts add'", "retrieve", "--policy-key", "--new-password-file" }, word =>
                Assert.Contains(word, text, StringComparison.Ordinal));
        var plain = text.Replace("'\\''", "", StringComparison.Ordinal); // a quote within quotes
        Assert.Equal(0, plain.Count(c => c == '\'') % 2);
    }

    [Fact]
    public async Task Completion_OfAnotherShell_IsAUsageError() =>
        Assert.Equal(ExitCode.Usage, (await Terminal.RunAsync("completion", "csh")).Code);
}
