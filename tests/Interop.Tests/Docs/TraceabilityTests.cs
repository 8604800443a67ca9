using System.Text.RegularExpressions;
using NuCypher.P2P.Tests;

namespace NuCypher.P2P.Interop.Tests.Docs;

/// <summary>Keeps docs/traceability.md true.</summary>
public sealed partial class TraceabilityTests
{
    private static readonly ILookup<string, IReadOnlyList<string>> Tests = Directory
        .EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*.cs", SearchOption.AllDirectories)
        .SelectMany(file => SourceTests.Of(File.ReadAllText(file))).ToLookup(test => test.Name, test => test.Rows);

    [Fact, Trait("Row", "QA-02")]
    public void Traceability_EveryTestNamed_IsATestThatRunsAndCarriesItsRow()
    {
        (string Row, string Test)[] named = [.. Named()];

        Assert.True(named.Length > 50);
        Assert.DoesNotContain(named, pair => !Tests.Contains(pair.Test));
        Assert.DoesNotContain(named, pair => !Tests[pair.Test].Any(rows => rows.Contains(pair.Row)));
    }

    [Fact, Trait("Row", "QA-02")]
    public void Traceability_EveryRowOfATest_IsNamedThere()
    {
        var named = Named().ToHashSet();

        var carried = Tests.SelectMany(test => test.SelectMany(rows => rows).Select(row => (row, test.Key)));
        Assert.DoesNotContain(carried, pair => !named.Contains(pair));
    }

    [Theory]
    [InlineData("[Fact]\n public void A_B_C()", true)]
    [InlineData("[Theory, InlineData(1)]\n [Trait(\"Row\", \"CR-01\")]\n public async Task A_B_C(int i)", true)]
    [InlineData("[Fact(Skip = \"no Python\", SkipUnless = nameof(Has))]\n public void A_B_C()", true)]
    [InlineData("[Fact(Skip = \"later\")]\n public void A_B_C()", false)]
    [InlineData("// [Fact]\n public void A_B_C()", false)]
    [InlineData("[Fact]\n // public void A_B_C()", false)]
    [InlineData("/* [Fact]\n public void A_B_C() */", false)]
    [InlineData("[Fact]\n public void D()\n {\n }\n\n public void A_B_C()", false)]
    [InlineData("[Fact]\n private void A_B_C()", false)]
    public void Of_Sources_FindsTheTestsThatRun(string source, bool expected) =>
        Assert.Equal(expected, SourceTests.Of(source).Any(test => test.Name == "A_B_C"));

    [Fact]
    public void Of_TraitsOfClassAndMethod_AreTheRowsOfATest()
    {
        const string source = "[Trait(\"Row\", \"CR-01\")]\npublic sealed class T\n{\n [Fact]\n"
            + " [Trait(\"Row\", \"CR-02\"), Trait(\"Category\", \"Long\")]\n public void A_B_C()\n}";

        Assert.Equal(["CR-01", "CR-02"], Assert.Single(SourceTests.Of(source)).Rows);
    }

    /// <summary>Each row with each test that stands beside it.</summary>
    private static IEnumerable<(string Row, string Test)> Named() =>
        from line in File.ReadLines(Path.Combine(Repository.Root, "docs", "traceability.md"))
        let cells = line.Split('|')
        where cells.Length == 5
        from row in RowId().Matches(cells[1])
        from test in TestName().Matches(cells[3])
        select (row.Value, test.Groups[1].Value);

    [GeneratedRegex("[A-Z]{2}-[0-9]{2}")]
    private static partial Regex RowId();

    [GeneratedRegex("`([A-Z][A-Za-z0-9]+(?:_[A-Za-z0-9]+)+)`")]
    private static partial Regex TestName();
}
