using System.Diagnostics;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using NuCypher.P2P.Node.Configuration;
using NuCypher.P2P.Node.Https;

namespace NuCypher.P2P.Node.Hosting;

/// <summary>What a node found about itself: many may ask, one look serves them all; what changes is logged.</summary>
internal sealed class HealthBoard(HealthProbes probes, HealthOptions options, ILogger log)
{
    private readonly Lock _lock = new();
    private Task<IReadOnlyList<HealthFinding>>? _look;
    private long _began;

    /// <summary>What was found last, without looking again.</summary>
    public IReadOnlyList<HealthFinding> Latest { get; private set; } =
        [.. HealthFinding.Names.Select(name => HealthFinding.Open(name, "not looked at yet"))];

    /// <summary>Looks, unless somebody does or did so a moment ago.</summary>
    public Task<IReadOnlyList<HealthFinding>> LookAsync()
    {
        lock (_lock)
        {
            if (_look is { } look && (!look.IsCompleted || Stopwatch.GetElapsedTime(_began) < options.Memory))
                return look;
            _began = Stopwatch.GetTimestamp();
            return _look = RunAsync();
        }
    }

    /// <summary>Looks again and again, so that the log tells what nobody asks about. Ends when cancelled.</summary>
    public async Task KeepAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(options.Interval);
        try
        {
            do
                await LookAsync();
            while (await timer.WaitForNextTickAsync(cancellation));
        }
        catch (OperationCanceledException)
        {
            return;
        }
    }

    private async Task<IReadOnlyList<HealthFinding>> RunAsync()
    {
        var found = await Task.Run(probes.RunAsync);
        foreach (var (before, now) in Latest.Zip(found, (before, now) => (before, now))
            .Where(pair => pair.before.Status != pair.now.Status))
            Say(before, now);
        return Latest = found;
    }

    private void Say(HealthFinding before, HealthFinding now)
    {
        if (now.Status == HealthStatus.Unhealthy)
            log.LogWarning("{Side} is not well: {Words}", now.Name, now.Words);
        else if (before.Status == HealthStatus.Unhealthy)
            log.LogInformation("{Side} is well again: {Words}", now.Name, now.Words);
        else
            log.LogInformation("{Side}: {Words}", now.Name, now.Words);
    }
}
