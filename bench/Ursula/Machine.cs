using System.Globalization;

namespace NuCypher.P2P.UrsulaBench;

/// <summary>What stands beside the figures: they mean nothing without it.</summary>
internal static class Machine
{
    /// <summary>The system's load of the last minute; 0 where nobody knows it.</summary>
    public static double Load => OperatingSystem.IsLinux()
        ? double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture)
        : 0;

    public static double Round(double figure) => Math.Round(figure, figure < 10 ? 3 : 1);
}
