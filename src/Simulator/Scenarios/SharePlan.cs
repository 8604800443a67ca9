using System.Globalization;

namespace NuCypher.P2P.Simulator;

/// <summary>How a policy is split.</summary>
/// <param name="Threshold">How many Ursulas Bob needs.</param>
/// <param name="Shares">How many Ursulas hold a kfrag.</param>
public readonly record struct SharePlan(int Threshold, int Shares)
{
    /// <summary>The most shares of a policy.</summary>
    public const int MaxShares = 32;

    /// <summary>Reads <c>2-of-3</c>; false for what is none.</summary>
    public static bool TryParse(string text, out SharePlan plan)
    {
        plan = default;
        if (text.Split("-of-") is not [var threshold, var shares]
            || !int.TryParse(threshold, NumberStyles.None, CultureInfo.InvariantCulture, out var m)
            || !int.TryParse(shares, NumberStyles.None, CultureInfo.InvariantCulture, out var n))
            return false;
        plan = new SharePlan(m, n);
        return m >= 1 && m <= n && n <= MaxShares;
    }

    /// <summary><c>2-of-3</c>.</summary>
    public override string ToString() => $"{Threshold}-of-{Shares}";
}
