using System.Globalization;
using System.Text;

namespace NuCypher.P2P.Simulator;

/// <summary>Lines over a common axis, with faults shaded behind them, as SVG.</summary>
internal sealed class Plot(string title, IEnumerable<Series> series, IReadOnlyList<FaultMark> faults)
{
    private const int Width = 960;
    private const int Height = 240;
    private const int Left = 60;
    private const int Bottom = 30;
    private const int Top = 14;
    private const int Ticks = 5;

    private readonly Series[] _series = [.. series];

    public string Title => title;

    private double MaxX => Math.Max(1e-9, _series.SelectMany(line => line.Points).Select(point => point.X).DefaultIfEmpty(1).Max());

    private double MaxY => Math.Max(1e-9, _series.SelectMany(line => line.Points).Select(point => point.Y).DefaultIfEmpty(1).Max());

    public string ToSvg()
    {
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{SimulationReport.Escape(title)}\">");
        WriteFaults(svg);
        WriteAxes(svg);
        for (var i = 0; i < _series.Length; i++)
            WriteLine(svg, _series[i], i);
        return svg.Append("</svg>").ToString();
    }

    private double X(double value) => Left + ((Width - Left - 10) * value / MaxX);

    private double Y(double value) => Height - Bottom - ((Height - Bottom - Top) * value / MaxY);

    private void WriteFaults(StringBuilder svg)
    {
        foreach (var fault in faults.Where(fault => fault.At.TotalMinutes <= MaxX))
        {
            var (start, end) = (X(fault.At.TotalMinutes), X(Math.Min(MaxX, (fault.At + fault.Length).TotalMinutes)));
            svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{start:F1}\" y=\"{Top}\" width=\"{Math.Max(1, end - start):F1}\" height=\"{Height - Bottom - Top}\" fill=\"#d97706\" opacity=\".12\"><title>{fault.Name} at {fault.At:c}</title></rect>");
        }
    }

    private void WriteAxes(StringBuilder svg)
    {
        for (var i = 0; i <= Ticks; i++)
        {
            var (x, y) = (MaxX * i / Ticks, MaxY * i / Ticks);
            svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{Left}\" x2=\"{Width - 10}\" y1=\"{Y(y):F1}\" y2=\"{Y(y):F1}\" stroke=\"#dde3e8\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left - 6}\" y=\"{Y(y) + 4:F1}\" text-anchor=\"end\">{y:G3}</text>");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{X(x):F1}\" y=\"{Height - 10}\" text-anchor=\"middle\">{x:G3}</text>");
        }
    }

    private static void WriteLegend(StringBuilder svg, Series line, int index) => svg.Append(
        CultureInfo.InvariantCulture, $"<text x=\"{Left + 8 + (170 * (index % 5))}\" y=\"{Top + 10 + (14 * (index / 5))}\" style=\"fill:{line.Color}\">{SimulationReport.Escape(line.Name)}</text>");

    private void WriteLine(StringBuilder svg, Series line, int index)
    {
        WriteLegend(svg, line, index);
        var points = string.Join(' ', line.Points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{X(point.X):F1},{Y(point.Y):F1}")));
        svg.Append(CultureInfo.InvariantCulture, $"<polyline points=\"{points}\" fill=\"none\" stroke=\"{line.Color}\" stroke-width=\"1.8\"/>");
    }
}
