using NuCypher.P2P.Policy.Alice;

namespace NuCypher.P2P.Simulator;

/// <summary>Which plots a run is shown in.</summary>
internal static class SimulationPlots
{
    private const string Good = "#1769aa";
    private const string Other = "#c05621";

    private static readonly string[] CaptureColors = [Good, Other, "#2f855a", "#6b46c1"];

    private static readonly SharePlan[] Plans = [new(2, 3), new(3, 5), new(6, 10), new(10, 20)];

    public static IEnumerable<ReportPlot> Of(SimulationResult result)
    {
        var samples = result.Recording.Samples;
        yield return OverTime(
            "Lookups that found the nearest node", "lookups (%)",
            Over(
                samples,
                (now, then) => Percent(now.Lookups - then.Lookups, now.LookupsFailed - then.LookupsFailed),
                "lookups",
                Good));
        yield return OverTime(
            "Mean hops of a lookup", "hops",
            Over(samples, (now, then) => Ratio(now.Hops - then.Hops, now.Lookups - then.Lookups), "hops", Good));
        yield return OverTime(
            "Due policies that were readable", "policies (%)",
            Over(
                samples,
                (now, then) => Percent(now.Reads - then.Reads, now.ReadsFailed - then.ReadsFailed),
                "reads",
                Good));
        yield return OverTime(
            "Traffic of a node", "per node and minute",
            [
                .. Over(
                    samples, (now, then) => PerMinute(now.Datagrams - then.Datagrams, now, then), "datagrams", Good),
                .. Over(samples, (now, then) => PerMinute((now.Bytes - then.Bytes) / 1000.0, now, then), "kB", Other),
            ]);
        yield return OverTime("Nodes that are up", "nodes", Over(samples, (now, _) => now.Up, "nodes", Good));
        yield return new ReportPlot(
            "Latency", "took at most (s)", "operations (%)",
            [.. result.Recording.Latencies.Select(pair => Cumulative(pair.Key, pair.Value))], []);
        yield return new ReportPlot(
            "What nodes hold for others", "nodes that hold at most so much (%)", "per node",
            [
                Sorted("records", Good, [.. result.Recording.RecordsHeld]),
                Sorted("kB", Other, [.. result.Recording.BytesHeld.Select(bytes => bytes / 1000.0)]),
            ],
            []);
        yield return new ReportPlot(
            "Hostile Ursulas that capture a policy", "hostile Ursulas (%)", "probability",
            [.. Plans.Select(Capture), .. Measured(result)], []);

        double? PerMinute(double count, Sample now, Sample then) => PerNodeMinute(result, count, now, then);

        ReportPlot OverTime(string title, string y, IEnumerable<Series> series) =>
            new(title, null, y, series, result.Recording.Faults) { End = Math.Max(1, result.VirtualTime.TotalSeconds) };
    }

    private static IEnumerable<Series> Over(
        IReadOnlyList<Sample> samples, Func<Sample, Sample, double?> value, string name, string color)
    {
        const int points = 60;
        var step = Math.Max(1, samples.Count / points);
        yield return new Series(name, color, [.. Enumerable.Range(1, Math.Max(0, (samples.Count - 1) / step))
            .Select(i => (X: samples[i * step].At.TotalSeconds, Y: value(samples[i * step], samples[(i - 1) * step])))
            .Where(point => point.Y is not null)
            .Select(point => (point.X, point.Y!.Value))]);
    }

    private static double? Percent(long good, long bad) => good + bad == 0 ? null : 100.0 * good / (good + bad);

    private static double? Ratio(long sum, long count) => count == 0 ? null : (double)sum / count;

    private static double? PerNodeMinute(SimulationResult result, double count, Sample now, Sample then) =>
        count / result.Scenario.Nodes / (now.At - then.At).TotalMinutes;

    private static Series Cumulative(string name, long[] buckets)
    {
        var all = Math.Max(1, buckets.Sum());
        long sum = 0;
        return new Series(name, name == "lookup" ? Good : Other, [.. buckets.Select((count, i) =>
            ((i + 1) * Recording.LatencyStep.TotalSeconds, 100.0 * (sum += count) / all))]);
    }

    private static Series Sorted(string name, string color, IReadOnlyList<double> held) => new(
        name, color, [.. held.Order().Select((count, i) => (100.0 * (i + 1) / held.Count, count))]);

    private static Series Capture(SharePlan plan, int index) => new(
        $"{plan}",
        CaptureColors[index],
        [.. Enumerable.Range(0, 51).Select(
            percent => ((double)percent, GrantRisk.Of(plan.Threshold, plan.Shares, percent / 100.0)))]);

    /// <summary>A point for each plan, drawn as a short bar: what the run's own grants were dealt.</summary>
    private static IEnumerable<Series> Measured(SimulationResult result) => result.Recording.Captured
        .Where(pair => pair.Value.Granted > 0 && result.Scenario.Adversaries.HostileUrsulas.PerMillion > 0)
        .Select(pair => Bar(
            $"{pair.Key} here", result.Scenario.Adversaries.HostileUrsulas.PerMillion / 1e4,
            (double)pair.Value.Captured / pair.Value.Granted));

    private static Series Bar(string name, double x, double y) =>
        new(name, "#b00020", [(Math.Max(0, x - 1), y), (x + 1, y)]);
}
