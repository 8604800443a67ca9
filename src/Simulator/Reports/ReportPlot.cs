using System.Globalization;
using System.Text.RegularExpressions;
using ScottPlot;
using NuCypher.P2P.Policy.Text;

namespace NuCypher.P2P.Simulator;

/// <summary>Lines over a common axis, with faults shaded behind them, as SVG for an HTML page.</summary>
/// <param name="title">Above it; not drawn.</param>
/// <param name="x">What is to the right, with its unit; null: the time since the beginning.</param>
/// <param name="y">What is upwards, with its unit.</param>
/// <param name="series">The lines.</param>
/// <param name="faults">What is shaded.</param>
internal sealed partial class ReportPlot(
    string title, string? x, string y, IEnumerable<Series> series, IReadOnlyList<FaultMark> faults)
{
    // On a page 400 pixels wide its letters are still 10 pixels high.
    private const int Width = 640;
    private const int Height = 340;
    private const int FontSize = 16;
    private const int MaxTicks = 6;
    private const float LineWidth = 2.5f;

    // Half of the last label on the axis sticks out.
    private const float RightMargin = 45;

    /// <summary>
    /// Wide letters: what stands in for them where they are missing is narrower, and nothing is clipped.
    /// </summary>
    private const string Font = "DejaVu Sans";

    private static readonly Color Text = Color.FromHex("#33414d");

    private static readonly string[] FaultColors = ["#d97706", "#7c3aed", "#0f766e", "#be185d", "#4d7c0f"];

    private static readonly TimeSpan[] Steps =
    [
        .. new double[] { 1, 2, 5, 10, 15, 30 }.Select(TimeSpan.FromSeconds),
        .. new double[] { 1, 2, 5, 10, 15, 30 }.Select(TimeSpan.FromMinutes),
        .. new double[] { 1, 2, 3, 6, 12 }.Select(TimeSpan.FromHours),
        .. new double[] { 1, 2, 5, 10, 30, 100 }.Select(TimeSpan.FromDays),
    ];

    private readonly Series[] _series = [.. series];

    public string Title => title;

    /// <summary>Where the axis ends; null: where the last line does.</summary>
    public double? End { get; init; }

    /// <summary>Draws it.</summary>
    /// <param name="number">Of no other plot on the page.</param>
    public string ToSvg(int number)
    {
        using var plot = new Plot();
        plot.Font.Set(Font);
        foreach (var line in _series.Where(line => line.Points.Count > 0))
            Draw(plot, line);
        ShadeFaults(plot);
        Label(plot);
        return Embed(plot.GetSvgXml(Width, Height), number);
    }

    private double MaxX =>
        End ?? _series.SelectMany(line => line.Points).Select(point => point.X).DefaultIfEmpty(1).Max();

    private double MaxY => _series.SelectMany(line => line.Points).Select(point => point.Y).DefaultIfEmpty(1).Max();

    private static void Draw(Plot plot, Series line)
    {
        var drawn = plot.Add.ScatterLine(
            line.Points.Select(point => point.X).ToArray(), line.Points.Select(point => point.Y).ToArray());
        (drawn.LegendText, drawn.Color, drawn.LineWidth) = (line.Name, Color.FromHex(line.Color), LineWidth);
    }

    private void ShadeFaults(Plot plot)
    {
        foreach (var (index, kind) in faults.GroupBy(fault => fault.Name).Index())
        {
            var color = Color.FromHex(FaultColors[index % FaultColors.Length]).WithAlpha(0.25);
            foreach (var (at, fault) in kind.Where(fault => fault.At.TotalSeconds < MaxX).Index())
            {
                var end = Math.Min(MaxX, (fault.At + fault.Length).TotalSeconds);
                var span = plot.Add.HorizontalSpan(fault.At.TotalSeconds, end);
                (span.FillStyle.Color, span.LineStyle.Width) = (color, 0);
                span.LegendText = at == 0 ? ScenarioSections.Hyphenate(kind.Key) : "";
            }
        }
    }

    private void Label(Plot plot)
    {
        plot.XLabel(x ?? "time since the beginning", FontSize);
        plot.YLabel(y, FontSize);
        plot.Axes.Bottom.TickLabelStyle.FontSize = FontSize;
        plot.Axes.Left.TickLabelStyle.FontSize = FontSize;
        plot.Axes.Color(Text);
        plot.Axes.Right.MinimumSize = RightMargin;
        plot.Axes.SetLimits(0, MaxX, 0, MaxY > 0 ? MaxY * 1.08 : 1);
        plot.HideGrid();
        SetTicks(plot.Axes.Bottom);
        plot.ShowLegend(Edge.Top);
        plot.Legend.FontSize = FontSize;
        plot.Legend.Orientation = Orientation.Horizontal;
        plot.Legend.OutlineWidth = 0;
        plot.Legend.ShadowColor = Colors.Transparent;
    }

    private void SetTicks(IAxis axis)
    {
        var magnitude = Math.Pow(10, Math.Floor(Math.Log10(Math.Max(MaxX, 1e-9))) - 1);
        IEnumerable<double> steps = x is null
            ? Steps.Select(step => step.TotalSeconds)
            : new double[] { 1, 2, 5, 10, 20, 50 }.Select(step => step * magnitude);
        var step = steps.FirstOrDefault(step => MaxX / step < MaxTicks, steps.Last());
        double[] ticks = [.. Enumerable.Range(0, 1 + (int)(MaxX / step)).Select(tick => tick * step)];
        axis.SetTicks(ticks, [.. ticks.Select(TextOf)]);
    }

    private string TextOf(double tick) =>
        x is null ? TimeWords.Of(TimeSpan.FromSeconds(tick)) : tick.ToString("0.####", CultureInfo.InvariantCulture);

    /// <summary>
    /// Without what a page doesn't need, with names that are the plot's alone, and as wide as the page.
    /// </summary>
    private string Embed(string xml, int number)
    {
        var svg = Namespaces().Replace(xml[xml.IndexOf("<svg", StringComparison.Ordinal)..], "");
        svg = Names().Replace(svg, match => $"{match.Groups[1].Value}p{number}-{match.Groups[2].Value}");
        svg = svg.Replace(
            $"font-family=\"{Font}\"", $"font-family=\"{Font}, Verdana, sans-serif\"", StringComparison.Ordinal);
        return Size().Replace(svg, string.Create(
            CultureInfo.InvariantCulture,
            $"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{SimulationReport.Escape(title)}\""), 1);
    }

    [GeneratedRegex(@"\s+xmlns(:\w+)?=""[^""]*""")]
    private static partial Regex Namespaces();

    [GeneratedRegex("""(\bid="|url\(#|href="#)([^")]+)""")]
    private static partial Regex Names();

    [GeneratedRegex("""<svg(\s+(width|height)="[^"]*")*""")]
    private static partial Regex Size();
}
