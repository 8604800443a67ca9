using System.Diagnostics;
using System.Globalization;
using NuCypher.P2P.Node.CommandLine;
using NuCypher.P2P.Node.Errors;

namespace NuCypher.P2P.Node.Demo;

/// <summary>
/// Tells the demonstration step by step, with the time of each; a step counts only when what it claims was checked.
/// </summary>
internal sealed class DemoNarrator(CommandContext context)
{
    private readonly List<Step> _steps = [];
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    /// <summary>Runs a step; its result is what it found.</summary>
    public async Task TellAsync(string name, Func<Task<string>> step)
    {
        var start = _clock.Elapsed;
        var found = await step();
        var told = new Step(name, found, _clock.Elapsed - start);
        _steps.Add(told);
        if (!context.Json)
            context.Output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{_steps.Count,3}. {name,-10} {found} ({told.Took.TotalSeconds:F2} s)"));
    }

    /// <summary>Fails the demonstration unless what a step claims is true.</summary>
    /// <exception cref="CommandException">It is not.</exception>
    public static void Check(bool isTrue, string claim)
    {
        if (!isTrue)
            throw new CommandException(
                ExitCode.Failed, $"the demonstration failed: not so: {claim}",
                "Run it again with --set akka.loglevel=INFO, and report what it logs.");
    }

    /// <summary>The last line.</summary>
    public void Summarize()
    {
        var times = string.Join(
            ", ",
            _steps.Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Name} {s.Took.TotalSeconds:F1}")));
        context.Write(
            new
            {
                ok = true,
                seconds = Math.Round(_clock.Elapsed.TotalSeconds, 2),
                steps = _steps.Select(
                s => new { s.Name, s.Found, seconds = Math.Round(s.Took.TotalSeconds, 2) })
            },
            output => output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"OK: {_steps.Count} of {_steps.Count} steps verified in {_clock.Elapsed.TotalSeconds:F1} s "
                + $"({times})")));
    }

    private sealed record Step(string Name, string Found, TimeSpan Took);
}
