using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using NuCypher.P2P.Tests;

namespace NuCypher.P2P.Node.Tests.Processes;

/// <summary>A new user's way to the first own grant, with the commands that README has.</summary>
public sealed class FirstGrantTests(ITestOutputHelper output)
{
    private const string Heading = "## The first grant of your own";
    private const int MostCommands = 8;

    [Fact, Trait("Category", "Long"), Trait("Row", "QA-03"), Trait("Row", "QA-04")]
    public async Task ReadmesCommands_FromTheBuiltProgram_GrantAndRead()
    {
        var commands = (await File.ReadAllTextAsync(Path.Combine(Repository.Root, "README.md")))
            .Split(Heading)[1].Split("```sh\n")[1].Split("```")[0].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.InRange(commands.Length, 1, MostCommands);
        Assert.StartsWith("dotnet build -c Release src/Node", commands[0], StringComparison.Ordinal);

        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(
            folder.File("nucypher"), $"#!/bin/sh\nexec dotnet exec {AppContext.BaseDirectory}/nucypher.dll \"$@\"\n");
        File.SetUnixFileMode(
            folder.File("nucypher"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.Copy(Path.Combine(Repository.Root, "README.md"), folder.File("README.md"));
        var script = string.Join('\n', commands[1..])
            .Replace("$PWD/artifacts/bin/Node/release", folder.Path, StringComparison.Ordinal)
            .Replace("127.0.0.1:4000", $"127.0.0.1:{FreePort()}", StringComparison.Ordinal);
        var clock = Stopwatch.StartNew();
        var (code, words) = await RunAsync(
            folder.Path, $"set -eu\ntrap 'kill $(jobs -p); wait' EXIT\n{script}\ncmp README.md readme.copy\n");

        output.WriteLine($"{commands.Length} commands, {clock.Elapsed.TotalSeconds:F1} s without the build");
        Assert.True(code == 0, words);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromMinutes(2));
    }

    private static async Task<(int Code, string Words)> RunAsync(string folder, string script)
    {
        var start = new ProcessStartInfo("bash", ["-c", script])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var bash = Process.Start(start)!;
        var (output, error) = (bash.StandardOutput.ReadToEndAsync(), bash.StandardError.ReadToEndAsync());
        await bash.WaitForExitAsync();
        return (bash.ExitCode, await output + await error);
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
