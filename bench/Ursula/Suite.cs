using System.Diagnostics;
using System.Runtime.InteropServices;

namespace NuCypher.P2P.UrsulaBench;

/// <summary>All parts, one after the other, on one node.</summary>
internal sealed class Suite
{
    private readonly BenchOptions _options;
    private readonly TextWriter _progress;
    private readonly NodeUnderLoad _node;
    private readonly Crowd _crowd;
    private readonly List<Figures> _parts = [];

    private Suite(BenchOptions options, TextWriter progress, NodeUnderLoad node, Crowd crowd) =>
        (_options, _progress, _node, _crowd) = (options, progress, node, crowd);

    private TimeSpan Duration => TimeSpan.FromSeconds(_options.Seconds);

    private static DateTimeOffset Tomorrow => TimeProvider.System.GetUtcNow().AddDays(1);

    public static async Task<Report> RunAsync(BenchOptions options, TextWriter progress)
    {
        var load = Machine.Load;
        await using var node = new NodeUnderLoad();
        await node.StartAsync();
        var idle = node.Megabytes;
        await using var crowd = await Crowd.ConnectAsync(node, options.Clients);
        await crowd.PrepareAsync();
        var suite = new Suite(options, progress, node, crowd);
        await suite.RunPartsAsync();
        return new Report
        {
            System = $"{RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}",
            Cores = Environment.ProcessorCount,
            LoadBefore = load,
            Clients = options.Clients,
            IdleMb = idle,
            End = options.Wants("end") ? await suite.EndAsync() : null,
            Parts = suite._parts,
            CoreUs = Core.Measure(),
        };
    }

    private async Task RunPartsAsync()
    {
        await RunAsync("door", i => _crowd.KnockAsync(i));
        await RunAsync("deposit", i => _crowd.DepositAsync(i, Tomorrow));
        await RunAsync("reencrypt", i => _crowd.ReencryptAsync(i, 1), capsules: 1);
        await RunAsync("reencrypt16", i => _crowd.ReencryptAsync(i, 16), capsules: 16);
        await RunAsync("mixed",
            i => i % 2 == 0 ? _crowd.DepositAsync(i, Tomorrow) : _crowd.ReencryptAsync(i, 1));
    }

    private async Task RunAsync(string part, Func<int, Task<(int, TimeSpan)>> doAsync, int? capsules = null)
    {
        if (!_options.Wants(part))
            return;
        await _crowd.RunAsync("warm-up", Duration / 10, doAsync);
        Add(await _crowd.RunAsync(part, Duration, doAsync), capsules);
    }

    private void Add(Figures figures, int? capsules = null)
    {
        _parts.Add(figures with { CapsulesPerSecond = capsules * figures.PerSecond });
        _progress.WriteLine(
            $"{figures.Part}: {figures.PerSecond:N0} a second, p99 {figures.P99Ms} ms, load {figures.Load}");
    }

    private async Task<EndReport> EndAsync()
    {
        var before = await _node.HeldAsync();
        var end = TimeProvider.System.GetUtcNow().AddSeconds(120 + (2 * _options.Seconds) + (_options.Policies / 300));
        Add(await _crowd.RunAsync("fill", end.AddSeconds(-60) - TimeProvider.System.GetUtcNow(),
            i => _crowd.DepositAsync(i, end), most: _options.Policies));
        var held = await _node.HeldAsync();
        var ready = await _node.RestartAsync(held);
        var (readyMb, databaseMb) = (_node.Megabytes, _node.DatabaseMb);
        await _crowd.ReconnectAsync();
        await Paced("beside nothing", Duration);
        var left = end - TimeProvider.System.GetUtcNow();
        if (left > TimeSpan.Zero)
            await Task.Delay(left);
        await _crowd.ReconnectAsync(); // idle for too long
        var watch = Stopwatch.StartNew();
        var ended = WhenEndedAsync(before, watch);
        await Paced("beside the end", Duration);
        return new EndReport
        {
            Policies = held - before,
            ReadySeconds = Machine.Round(ready.TotalSeconds),
            ReadyMb = readyMb,
            DatabaseMb = databaseMb,
            WaitedSeconds = Machine.Round(left.TotalSeconds),
            EndedWithinSeconds = Machine.Round((await ended).TotalSeconds),
        };
    }

    // At a rate that the node bears: what is asked for as fast as possible waits for itself.
    private async Task Paced(string part, TimeSpan duration) => Add(await _crowd.RunAsync(
        part, duration, i => _crowd.ReencryptAsync(i, 1),
        interval: TimeSpan.FromSeconds((double)_crowd.Count / _options.Rate)));

    private async Task<TimeSpan> WhenEndedAsync(int before, Stopwatch watch)
    {
        while (await _node.HeldAsync() > before)
            await Task.Delay(250);
        return watch.Elapsed;
    }
}
