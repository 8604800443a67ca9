using System.Diagnostics;
using System.Globalization;
using NuCypher.P2P.Node.CommandLine;
using NuCypher.P2P.Policy.Text;
using NuCypher.P2P.Simulator;

namespace NuCypher.P2P.Node.Commands;

/// <summary>
/// A line that shows how far a simulation is, written anew twice a second; nothing where nobody watches.
/// </summary>
internal sealed class SimulationProgress(CommandContext context)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private long _shownAt = Stopwatch.GetTimestamp();
    private long _eventsThen;
    private ulong _done;
    private ulong _broken;

    /// <summary>Shows that the world is being made, which takes its time with many nodes.</summary>
    public void Begin(int nodes) =>
        context.Live.Set("simulation", string.Create(CultureInfo.InvariantCulture, $"setting up {nodes:N0} nodes"));

    /// <summary>Shows where a run is, unless that was done a moment ago.</summary>
    /// <returns>True: it may go on.</returns>
    public bool Show(RunContext run)
    {
        var elapsed = Stopwatch.GetElapsedTime(_shownAt);
        if (context.Live.IsWatched && elapsed >= Interval)
            Show(run, elapsed);
        return true;
    }

    /// <summary>
    /// Shows that one of many runs is done: how many are, on a terminal, where the summary will list them.
    /// </summary>
    public void Count(SimulationResult result, ulong all)
    {
        if (!context.Live.IsWatched)
            context.Say(SimulationWriter.Line(result));
        _done++;
        _broken += result.Violations.Count > 0 ? 1u : 0;
        var broken = _broken > 0 ? $", {_broken:N0} with a violation" : "";
        context.Live.Set(
            "simulation", string.Create(CultureInfo.InvariantCulture, $"{_done:N0} of {all:N0} seeds{broken}"));
    }

    /// <summary>Takes the line away.</summary>
    public void End() => context.Live.Remove("simulation");

    private void Show(RunContext run, TimeSpan elapsed)
    {
        var events = run.World.Loop.Steps;
        var rate = (events - _eventsThen) / elapsed.TotalSeconds;
        var (lookups, policies, crashes) = (run.Tally["lookups"], run.Tally["grants"], run.Tally["crashes"]);
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"{TimeWords.Of(run.Elapsed)} of {TimeWords.Of(run.End)}  {rate,9:N0} events/s  {lookups:N0} lookups  "
            + $"{policies:N0} policies  {crashes:N0} crashes");
        context.Live.Set("simulation", line);
        (_shownAt, _eventsThen) = (Stopwatch.GetTimestamp(), events);
    }
}
