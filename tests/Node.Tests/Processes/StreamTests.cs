using System.Diagnostics;
using NuCypher.P2P.Node.Errors;

namespace NuCypher.P2P.Node.Tests.Processes;

/// <summary>Commands whose output fails, or that were started without any.</summary>
public sealed class StreamTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory, InlineData(">&-", ExitCode.Storage), InlineData(">out 2>&-", ExitCode.Success)]
    [InlineData("<&- >&- 2>&-", ExitCode.Storage)]
    internal async Task Init_StartedWithoutStreams_WritesNothingIntoItsOwnFiles(string redirections, ExitCode code)
    {
        Assert.Equal((int)code, (await ShellAsync($"n init --data node {redirections}")).Code);

        var opened = await ShellAsync("n policies --data node --json");

        Assert.True(opened.Code == 0, opened.Words);
        Assert.DoesNotContain(
            Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories),
            file => !file.EndsWith("/out", StringComparison.Ordinal)
                && File.ReadAllText(file).Contains("node id", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Encrypt_StartedWithoutTheInputThatItReads_SaysSo()
    {
        var outcome = await ShellAsync("n init --data node >out; n encrypt - -o kit --label l --data node <&-");

        Assert.Equal((int)ExitCode.Storage, outcome.Code);
        Assert.Contains("there is no standard input", outcome.Words, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.File("kit")));
    }

    // The runtime would need a large file of its own to start with, for pages that are written and run.
    [Theory, InlineData("-o kit"), InlineData("-o - > piped")]
    public async Task Encrypt_FileThatMayNotGrow_IsAnErrorAndLeavesNoHalfFile(string output)
    {
        var outcome = await ShellAsync(
            "n init --data node >out; head -c 3000000 /dev/zero >big; export DOTNET_EnableWriteXorExecute=0; "
            + $"ulimit -f 100; n encrypt big {output} --label l --data node");

        Assert.Equal((int)ExitCode.Storage, outcome.Code);
        Assert.Contains(output == "-o kit" ? "error: kit" : "error:", outcome.Words, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.File("kit")));
    }

    [Fact]
    public async Task Policies_ReaderThatHasGone_IsAnErrorWithoutAStack()
    {
        var outcome = await ShellAsync("n simulate --help | true; exit ${PIPESTATUS[0]}");

        Assert.Equal((int)ExitCode.Storage, outcome.Code);
        Assert.DoesNotContain("   at ", outcome.Words, StringComparison.Ordinal);
    }

    // n is the program.
    private async Task<(int Code, string Words)> ShellAsync(string script)
    {
        var start = new ProcessStartInfo("bash",
            ["-c", $"n() {{ dotnet exec {AppContext.BaseDirectory}/nucypher.dll \"$@\"; }}; {script}"])
        {
            WorkingDirectory = _folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["NUCYPHER_PASSWORD"] = "correct horse battery";
        start.Environment["NUCYPHER__KEYSTORE__SCRYPT_LOG_ROUNDS"] = "10";
        using var bash = Process.Start(start)!;
        var (output, error) = (bash.StandardOutput.ReadToEndAsync(), bash.StandardError.ReadToEndAsync());
        await bash.WaitForExitAsync();
        return (bash.ExitCode, await output + await error);
    }
}
