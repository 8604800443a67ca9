using System.Text.RegularExpressions;
using NuCypher.P2P.Tests;

namespace NuCypher.P2P.Interop.Tests.Docs;

/// <summary>Keeps docs/traceability.md true.</summary>
public sealed partial class TraceabilityTests
{
    [Fact]
    public void Traceability_EveryTestNamed_Exists()
    {
        var root = Repository.Root;
        var sources = string.Join('\n', Directory
            .EnumerateFiles(Path.Combine(root, "tests"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText));
        string[] named = [.. TestName().Matches(File.ReadAllText(Path.Combine(root, "docs", "traceability.md")))
            .Select(match => match.Groups[1].Value).Distinct()];

        Assert.True(named.Length > 50);
        Assert.DoesNotContain(named, name => !sources.Contains($" {name}(", StringComparison.Ordinal));
    }

    [GeneratedRegex("`([A-Z][A-Za-z0-9]+(?:_[A-Za-z0-9]+)+)`")]
    private static partial Regex TestName();
}
