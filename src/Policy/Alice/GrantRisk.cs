namespace NuCypher.P2P.Policy.Alice;

/// <summary>
/// How likely a threshold of the Ursulas of one policy belongs to one conspiracy, which then needs only its reader.
/// </summary>
/// <remarks>
/// Ursulas are drawn at random, so the number of hostile ones is binomial: the reviews' tables, and mission row SE-05.
/// </remarks>
public static class GrantRisk
{
    /// <summary>The probability that at least a threshold of the holders is hostile, 0 to 1.</summary>
    /// <param name="threshold">How many Ursulas Bob needs.</param>
    /// <param name="shares">How many Ursulas hold a kfrag.</param>
    /// <param name="hostileShare">The share of hostile nodes among all, 0 to 1.</param>
    public static double Of(int threshold, int shares, double hostileShare)
    {
        double sum = 0;
        for (var hostile = threshold; hostile <= shares; hostile++)
            sum += Ways(shares, hostile) * Math.Pow(hostileShare, hostile) * Math.Pow(
                1 - hostileShare, shares - hostile);
        return sum;
    }

    private static double Ways(int n, int k)
    {
        double ways = 1;
        for (var i = 1; i <= k; i++)
            ways = ways * (n - k + i) / i;
        return ways;
    }
}
