using System.Diagnostics;
using NuCypher.P2P.Tests;

namespace NuCypher.P2P.Node.Tests.Deploy;

/// <summary>The program as a .NET tool, packed and installed from a local folder.</summary>
public sealed class ToolTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact, Trait("Category", "Long"), Trait("Row", "QA-06")]
    public async Task Pack_InstalledFromAFolder_Runs()
    {
        var (packages, tools) = (_folder.File("packages"), _folder.File("tools"));
        await File.WriteAllTextAsync(
            _folder.File("nuget.config"),
            "<configuration><packageSources><clear />"
            + $"<add key=\"local\" value=\"{packages}\" /></packageSources></configuration>");

        await RunAsync("dotnet", "pack", Path.Combine(Repository.Root, "src", "Node"), "-c", "Release", "-o", packages,
            "-v", "q");
        await RunAsync("dotnet", "tool", "install", "nucypher", "--tool-path", tools, "--configfile",
            _folder.File("nuget.config"));
        var help = await RunAsync(Path.Combine(tools, "nucypher"), "--help");

        Assert.Contains("backup", help, StringComparison.Ordinal);
    }

    private static async Task<string> RunAsync(string program, params string[] words)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, words) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', words)}:\n{await output}\n{await error}");
        return await output;
    }
}
