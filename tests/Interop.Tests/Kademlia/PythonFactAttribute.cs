using System.Runtime.CompilerServices;

namespace NuCypher.P2P.Interop.Tests.Kademlia;

/// <summary>A test that needs <c>python3</c>; skipped, and shown as skipped, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PythonFactAttribute : FactAttribute
{
    public PythonFactAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
        : base(file, line)
    {
        if (FindPython() is null)
            Skip = "python3 is not installed";
    }

    public static string? FindPython() => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
        .Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, "python3"))
        .FirstOrDefault(File.Exists);
}
