using NuCypher.P2P.Tests;

namespace NuCypher.P2P.Umbral.Tests;

/// <summary>Holds the core to its word: no clock, no entropy, no sockets, files, threads or console.</summary>
public sealed class PurityTests
{
    [Fact]
    public void Umbral_CompiledAssembly_RefersToNothingImpure()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "NuCypher.P2P.Umbral.dll");

        Assert.NotEmpty(AssemblyPurity.References(path));
        Assert.Empty(AssemblyPurity.ImpureReferences(path));
    }
}
