namespace NuCypher.P2P.Simulator.Tests;

public sealed class CollusionTests
{
    [Theory, InlineData(2, 3, 0.104), InlineData(3, 5, 0.058), InlineData(6, 10, 0.0064), InlineData(10, 20, 0.0026)]
    public void Probability_FifthOfTheNodesHostile_IsTheReviewsFigure(int threshold, int shares, double expected)
    {
        var plan = new SharePlan(threshold, shares);

        Assert.Equal(expected, Collusion.Probability(plan, 0.2), tolerance: 0.0005);
        Assert.Equal(Collusion.Probability(plan, 0.2), Draw(plan, 100_000), tolerance: 0.002);
    }

    [Fact]
    public void Probability_MoreSharesOfTheSameRatio_FallsMonotonically()
    {
        double[] captures = [.. Enumerable.Range(1, 6).Select(i => Collusion.Probability(new SharePlan(2 * i, 4 * i), 0.2))];

        Assert.Equal(captures.OrderDescending(), captures);
    }

    /// <summary>Deals policies to Ursulas of whom a fifth is hostile.</summary>
    private static double Draw(SharePlan plan, int count)
    {
        var random = new Random(1);
        var captured = Enumerable.Range(0, count).Count(_ => Enumerable.Range(0, plan.Shares).Count(_ => random.Next(5) == 0) >= plan.Threshold);
        return (double)captured / count;
    }
}
