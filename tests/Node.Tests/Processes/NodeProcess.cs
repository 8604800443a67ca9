using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace NuCypher.P2P.Node.Tests.Processes;

/// <summary>The program in a process of its own; killed at the end if it still runs.</summary>
internal sealed class NodeProcess : IAsyncDisposable
{
    private static readonly TimeSpan Generous = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = [];
    private readonly SemaphoreSlim _changed = new(0);
    private readonly List<string> _read = [];

    private NodeProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, e) => Keep(e.Data);
        process.ErrorDataReceived += (_, e) => Keep(e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Everything that it said so far, for the message of a failed test.</summary>
    public string Transcript => string.Join('\n', _read.Concat(_lines));

    /// <summary>Its number.</summary>
    public int Id => _process.Id;

    public static NodeProcess Start(params string[] words) => Start([], words);

    /// <summary>Starts it with assignments such as <c>A=1</c> in its environment.</summary>
    public static NodeProcess Start(string[] assignments, string[] words)
    {
        string[] command = ["dotnet", "exec", Path.Combine(AppContext.BaseDirectory, "nucypher.dll"), .. words];
        if (OperatingSystem.IsLinux())
            // a shell's background job ignores Ctrl-C, and so would its children
            command = ["env", "--default-signal=INT", .. assignments, .. command];
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return new NodeProcess(Process.Start(start)!);
    }

    /// <summary>
    /// Waits for a line, however long ago or soon, and gives what the pattern found; each line is looked at once.
    /// </summary>
    public async Task<Match> ReadAsync(string pattern)
    {
        using var limit = new CancellationTokenSource(Generous);
        while (true)
        {
            while (_lines.TryDequeue(out var line))
            {
                _read.Add(line);
                if (Regex.Match(line, pattern) is { Success: true } match)
                    return match;
            }
            if (!await _changed.WaitAsync(Generous, limit.Token))
                throw new TimeoutException($"no line like {pattern} in:\n{Transcript}");
        }
    }

    /// <summary>SIGKILL: no chance to say goodbye.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, and how long it took to end with which code.</summary>
    public Task<(int ExitCode, TimeSpan Took)> TerminateAsync() => SignalAsync("TERM");

    /// <summary>Ctrl-C: SIGINT, and how long it took to end with which code.</summary>
    public Task<(int ExitCode, TimeSpan Took)> InterruptAsync() => SignalAsync("INT");

    private async Task<(int ExitCode, TimeSpan Took)> SignalAsync(string signal)
    {
        var clock = Stopwatch.StartNew();
        using var kill = Process.Start("kill", [$"-{signal}", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
        return (await WaitForExitAsync(), clock.Elapsed);
    }

    public async Task<int> WaitForExitAsync()
    {
        using var limit = new CancellationTokenSource(Generous);
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
        _changed.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is null)
            return;
        _lines.Enqueue(line);
        _changed.Release();
    }
}
