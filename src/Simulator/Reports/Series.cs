namespace NuCypher.P2P.Simulator;

/// <summary>A line of a plot.</summary>
/// <param name="Name">For the legend.</param>
/// <param name="Color">As #rrggbb.</param>
/// <param name="Points">In the order of X.</param>
internal sealed record Series(string Name, string Color, IReadOnlyList<(double X, double Y)> Points);
