using System.Globalization;
using System.Net;
using System.Text;
using NuCypher.P2P.Policy.Text;

namespace NuCypher.P2P.Simulator;

/// <summary>Runs as one HTML file with plots, which needs nothing but itself.</summary>
public static class SimulationReport
{
    private const string Style =
        "body{font:15px/1.5 system-ui,sans-serif;max-width:900px;margin:2em auto;padding:0 1em;color:#1b2733}"
        + "h1,h2{font-weight:600}"
        + "figure{margin:1.5em 0}figcaption{font-weight:600;margin-bottom:.3em}"
        + "svg{width:100%;height:auto;background:#f7f9fb}"
        + "table{border-collapse:collapse}td,th{padding:.15em 1em .15em 0;text-align:left}td+td{text-align:right}"
        + ".bad{color:#b00020}"
        + "code{background:#eef2f5;padding:.1em .3em}";

    /// <summary>Writes the report: the first run in full, the others in a table.</summary>
    public static string ToHtml(IReadOnlyList<SimulationResult> results)
    {
        var html = new StringBuilder("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">")
            .Append("<title>Simulation</title><style>").Append(Style).Append("</style></head><body>");
        WriteHead(html, results[0]);
        foreach (var (number, plot) in SimulationPlots.Of(results[0]).Index())
            html.Append("<figure><figcaption>")
                .Append(Escape(plot.Title)).Append("</figcaption>").Append(plot.ToSvg(number)).Append("</figure>");
        WriteCounts(html, results[0]);
        if (results.Count > 1)
            WriteRuns(html, results);
        return html.Append("</body></html>").ToString();
    }

    /// <summary>Text that is safe in HTML.</summary>
    internal static string Escape(string text) => WebUtility.HtmlEncode(text);

    private static void WriteHead(StringBuilder html, SimulationResult result)
    {
        html.Append(CultureInfo.InvariantCulture, $"<h1>{Escape(result.Scenario.Name)}, seed {result.Seed}</h1>");
        html.Append(
            CultureInfo.InvariantCulture,
            $"<p>{result.Scenario.Nodes:N0} nodes, {TimeWords.Of(result.VirtualTime)} of virtual time "
            + $"in {result.WallTime.TotalSeconds:F1} s, {result.Events:N0} events. "
            + $"Trace hash <code>{result.TraceHash}</code>.</p>");
        if (result.Violations.Count == 0)
            html.Append("<p>No invariant was broken.</p>");
        foreach (var violation in result.Violations)
            html.Append(
                CultureInfo.InvariantCulture,
                $"<p class=\"bad\">{TimeWords.Of(violation.At)}: "
                + $"{Escape(violation.Invariant)}: {Escape(violation.Detail)}</p>");
    }

    private static void WriteCounts(StringBuilder html, SimulationResult result)
    {
        html.Append("<h2>Counts</h2><table>");
        foreach (var (name, count) in result.Tally.Counts)
            html.Append(CultureInfo.InvariantCulture, $"<tr><td>{Escape(name)}</td><td>{count:N0}</td></tr>");
        html.Append("</table><h2>Did it happen?</h2><table>");
        foreach (var sometimes in result.Sometimes)
            html.Append(
                CultureInfo.InvariantCulture,
                $"<tr><td>{Escape(sometimes.Name)}</td><td>{sometimes.Count:N0}</td></tr>");
        html.Append("</table>");
    }

    private static void WriteRuns(StringBuilder html, IReadOnlyList<SimulationResult> results)
    {
        html.Append("<h2>All runs</h2><table><tr><th>seed</th><th>trace hash</th><th>events</th><th>result</th></tr>");
        foreach (var result in results)
            html.Append(
                CultureInfo.InvariantCulture,
                $"<tr><td>{result.Seed}</td><td><code>{result.TraceHash}</code></td><td>{result.Events:N0}</td><td>"
                + $"{(result.Violations is [var violation, ..] ? Escape(violation.Invariant) : "holds")}</td></tr>");
        html.Append("</table>");
    }
}
