using NuCypher.P2P.Tests;

namespace NuCypher.P2P.Dht.Tests;

/// <summary>Holds the core to its word: no clock, no entropy, no sockets, files, threads or console.</summary>
public sealed class PurityTests
{
    [Fact]
    public void Dht_CompiledAssembly_RefersToNothingImpure()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "NuCypher.P2P.Dht.dll");

        Assert.NotEmpty(AssemblyPurity.References(path));
        Assert.Empty(AssemblyPurity.ImpureReferences(path));
    }

    [Fact]
    public void Dht_CompiledAssembly_RefersToTheSystemAndMessagePacksReaderAndWriterAlone()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "NuCypher.P2P.Dht.dll");

        Assert.All(AssemblyPurity.Assemblies(path), name =>
            Assert.True(name == "MessagePack" || name.StartsWith("System.", StringComparison.Ordinal), name));
        Assert.Empty(AssemblyPurity.Types(path, "MessagePack").Except(
            [
                "MessagePackReader", "MessagePackWriter", "MessagePackType",
                "MessagePackSerializationException", "ExtensionResult",
            ]));
    }
}
