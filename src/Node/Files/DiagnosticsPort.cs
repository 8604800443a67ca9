using System.Globalization;

namespace NuCypher.P2P.Node.Files;

/// <summary>
/// The runtime's socket for debuggers, through which any program of the same user could read the keys out of memory.
/// </summary>
internal static class DiagnosticsPort
{
    private const int StartTimeField = 22; // of /proc/PID/stat, counted from 1

    /// <summary>
    /// Takes its name away, so that nobody connects any more; whoever asks for it by DOTNET_EnableDiagnostics=1 keeps
    /// it.
    /// </summary>
    public static void Close()
    {
        if (!OperatingSystem.IsLinux() || Environment.GetEnvironmentVariable("DOTNET_EnableDiagnostics") == "1")
            return;
        try
        {
            var key = string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}-{StartTime()}");
            string[] names =
                [$"dotnet-diagnostic-{key}-socket", $"clr-debug-pipe-{key}-in", $"clr-debug-pipe-{key}-out"];
            foreach (var name in names)
                File.Delete(Path.Combine(Path.GetTempPath(), name));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return; // without /proc its name can't be known
        }
    }

    // The second field is the program's name in parentheses, which may hold anything.
    private static string StartTime()
    {
        var stat = File.ReadAllText("/proc/self/stat");
        return stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[StartTimeField - 3];
    }
}
