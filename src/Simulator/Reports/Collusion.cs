namespace NuCypher.P2P.Simulator;

/// <summary>How likely a threshold of the Ursulas of one policy belongs to one conspiracy, which then needs only its reader.</summary>
/// <remarks>Ursulas are drawn at random, so the number of hostile ones is binomial: the reviews' tables, and mission row SE-05.</remarks>
public static class Collusion
{
    /// <summary>The plans that are compared.</summary>
    public static IReadOnlyList<SharePlan> Plans { get; } = [new(2, 3), new(3, 5), new(6, 10), new(10, 20)];

    /// <summary>The probability that at least a threshold of the holders is hostile.</summary>
    /// <param name="plan">How the policy is split.</param>
    /// <param name="hostileShare">The share of hostile nodes, 0 to 1.</param>
    public static double Probability(SharePlan plan, double hostileShare)
    {
        double sum = 0;
        for (var hostile = plan.Threshold; hostile <= plan.Shares; hostile++)
            sum += Binomial(plan.Shares, hostile) * Math.Pow(hostileShare, hostile) * Math.Pow(1 - hostileShare, plan.Shares - hostile);
        return sum;
    }

    private static double Binomial(int n, int k)
    {
        double ways = 1;
        for (var i = 1; i <= k; i++)
            ways = ways * (n - k + i) / i;
        return ways;
    }
}
