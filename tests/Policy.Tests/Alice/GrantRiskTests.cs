using NuCypher.P2P.Policy.Alice;

namespace NuCypher.P2P.Policy.Tests.Alice;

[Trait("Row", "SE-05")]
[Trait("Row", "SE-21")]
public sealed class GrantRiskTests
{
    [Theory, InlineData(2, 3, 0.104), InlineData(3, 5, 0.058), InlineData(6, 10, 0.0064), InlineData(10, 20, 0.0026)]
    public void Of_FifthOfTheNodesHostile_IsTheReviewsFigure(int threshold, int shares, double expected)
    {
        Assert.Equal(expected, GrantRisk.Of(threshold, shares, 0.2), tolerance: 0.0005);
        Assert.Equal(GrantRisk.Of(threshold, shares, 0.2), Draw(threshold, shares, 100_000), tolerance: 0.002);
    }

    [Fact]
    public void Of_MoreSharesOfTheSameRatio_FallsMonotonically()
    {
        double[] captures = [.. Enumerable.Range(1, 6).Select(i => GrantRisk.Of(2 * i, 4 * i, 0.2))];

        Assert.Equal(captures.OrderDescending(), captures);
    }

    /// <summary>Deals policies to Ursulas of whom a fifth is hostile.</summary>
    private static double Draw(int threshold, int shares, int count)
    {
        var random = new Random(1);
        var captured = Enumerable.Range(0, count)
            .Count(_ => Enumerable.Range(0, shares).Count(_ => random.Next(5) == 0) >= threshold);
        return (double)captured / count;
    }
}
