using NuCypher.P2P.Tests;

namespace NuCypher.P2P.Ledger.Tests;

/// <summary>
/// Holds the core to its word: no clock, no entropy, no sockets, files, threads or console; and no floating point.
/// </summary>
public sealed class PurityTests
{
    private static readonly string Path = System.IO.Path.Combine(AppContext.BaseDirectory, "NuCypher.P2P.Ledger.dll");

    [Fact]
    public void Ledger_CompiledAssembly_RefersToNothingImpure()
    {
        Assert.NotEmpty(AssemblyPurity.References(Path));
        Assert.Empty(AssemblyPurity.ImpureReferences(Path));
    }

    [Fact]
    public void Ledger_CompiledAssembly_CallsNothingOfFloatingPoint()
    {
        string[] ofWholeNumbers = ["System.Math.Max", "System.Math.Min", "System.Math.Clamp"];

        Assert.DoesNotContain(
            AssemblyPurity.References(Path),
            member => member.StartsWith("System.Math.", StringComparison.Ordinal) && !ofWholeNumbers.Contains(member));
    }
}
