using System.Diagnostics;
using System.Globalization;
using NuCypher.P2P.Node.CommandLine;
using NuCypher.P2P.Simulator;

namespace NuCypher.P2P.Node.Commands;

/// <summary>A line that shows how far a simulation is, written anew twice a second; nothing where nobody watches.</summary>
internal sealed class SimulationProgress(CommandContext context)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly bool _isWatched = !context.Json && !Console.IsErrorRedirected;
    private long _shownAt = Stopwatch.GetTimestamp();
    private long _eventsThen;

    /// <summary>Shows where a run is, unless that was done a moment ago.</summary>
    public void Show(RunContext run)
    {
        var elapsed = Stopwatch.GetElapsedTime(_shownAt);
        if (!_isWatched || elapsed < Interval)
            return;
        var events = run.World.Loop.Steps;
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"\r{run.Elapsed:hh\\:mm\\:ss} of {run.End:hh\\:mm\\:ss}  {(events - _eventsThen) / elapsed.TotalSeconds,9:N0} events/s  {run.Tally["lookups"]:N0} lookups  {run.Tally["grants"]:N0} policies  {run.Tally["crashes"]:N0} crashes ");
        context.Error.Write(line);
        (_shownAt, _eventsThen) = (Stopwatch.GetTimestamp(), events);
    }

    /// <summary>Ends the line.</summary>
    public void End()
    {
        if (_isWatched)
            context.Error.WriteLine();
    }
}
