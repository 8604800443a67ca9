using System.Globalization;
using NuCypher.P2P.Node.CommandLine;
using NuCypher.P2P.Policy.Text;
using NuCypher.P2P.Simulator;

namespace NuCypher.P2P.Node.Commands;

/// <summary>Says what came of simulations: in words, or as one JSON object.</summary>
internal static class SimulationWriter
{
    /// <summary>Writes one result in full, several as a list with what was never seen in any.</summary>
    public static void Write(CommandContext context, IReadOnlyList<SimulationResult> results) => context.Write(
        results.Count == 1 ? Json(results[0]) : new { runs = results.Select(Json), neverSeen = NeverSeen(results) },
        output => InWords(output, results));

    /// <summary>One result in a line.</summary>
    public static string Line(SimulationResult result) => string.Create(
        CultureInfo.InvariantCulture,
        $"seed {result.Seed}: {Verdict(result)}, {result.Events:N0} events in {result.WallTime.TotalSeconds:F1} s, "
        + $"trace hash {result.TraceHash}");

    /// <summary>The part of a command line that says the scenario.</summary>
    public static string Words(Scenario scenario) => string.Create(
        CultureInfo.InvariantCulture,
        $"--scenario {scenario.Source} --nodes {scenario.Nodes} --policies {scenario.Policies.Count} "
        + $"--duration {Durations.Format(scenario.Duration)}"
        + $"{string.Concat(scenario.Without.Select(block => $" --without {block}"))}");

    private static string Verdict(SimulationResult result) =>
        result.Violations is [var violation, ..] ? $"VIOLATION {violation.Invariant}"
        : result.IsComplete ? "holds"
        : "holds so far";

    private static object Json(SimulationResult result) => new
    {
        scenario = result.Scenario.Name,
        nodes = result.Scenario.Nodes,
        seed = result.Seed,
        traceHash = result.TraceHash,
        complete = result.IsComplete,
        virtualSeconds = result.VirtualTime.TotalSeconds,
        wallSeconds = result.WallTime.TotalSeconds,
        events = result.Events,
        datagrams = result.Network.Sent,
        calls = result.Network.Calls,
        counts = result.Tally.Counts,
        sometimes = result.Sometimes.ToDictionary(sometimes => sometimes.Name, sometimes => sometimes.Count),
        violations = result.Violations.Select(violation => new
        {
            invariant = violation.Invariant,
            virtualSeconds = violation.At.TotalSeconds,
            detail = violation.Detail,
        }),
        replay = result.Violations.Count > 0 ? Replay(result) : null,
    };

    private static void InWords(TextWriter output, IReadOnlyList<SimulationResult> results)
    {
        if (results is [var only])
            WriteCounts(output, only);
        foreach (var result in results.Where(result => result.Violations.Count > 0))
            WriteViolations(output, result);
        foreach (var name in NeverSeen(results))
            output.WriteLine($"never happened: {name}");
        foreach (var result in results)
            output.WriteLine(Line(result));
        if (results is [var last])
            output.WriteLine($"trace hash {last.TraceHash}");
    }

    private static void WriteCounts(TextWriter output, SimulationResult result)
    {
        foreach (var (name, count) in result.Tally.Counts)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-32} {count,12:N0}"));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{TimeWords.Of(result.VirtualTime)} of virtual time in {result.WallTime.TotalSeconds:F1} s: "
            + $"{result.EventsPerSecond:N0} events a second, "
            + $"{result.Network.Sent:N0} datagrams, {result.Network.Calls:N0} calls"));
    }

    private static void WriteViolations(TextWriter output, SimulationResult result)
    {
        foreach (var violation in result.Violations)
            output.WriteLine($"VIOLATION at {TimeWords.Of(violation.At)}: {violation.Invariant}: {violation.Detail}");
        foreach (var recent in result.LastEvents)
            output.WriteLine($"  {recent}");
        output.WriteLine($"replay: {Replay(result)}");
    }

    private static string Replay(SimulationResult result) =>
        $"nucypher simulate {Words(result.Scenario)} --seed {result.Seed}";

    /// <summary>What the scenario means to make happen and no run showed: its checks had nothing to bite on.</summary>
    private static string[] NeverSeen(IReadOnlyList<SimulationResult> results) =>
        [.. results.SelectMany(result => result.Sometimes)
            .GroupBy(sometimes => sometimes.Name)
            .Where(group => group.All(sometimes => sometimes.Count == 0))
            .Select(group => group.Key)];
}
