namespace NuCypher.P2P.Ledger.Emission;

/// <summary>Divides a period's emission by stake: equation (30), r = d·s/D, in whole numbers.</summary>
public static class RewardSplit
{
    /// <summary>Each one's part, rounded down.</summary>
    /// <param name="stakes">In units; their sum at most 2^62.</param>
    /// <param name="amount">What is divided, with what was left over before; at most 2^63.</param>
    /// <param name="rest">What is left over now: less than there are stakes. With no stake, all of it.</param>
    public static UInt128[] Divide(IReadOnlyList<UInt128> stakes, UInt128 amount, out UInt128 rest)
    {
        var total = stakes.Aggregate(UInt128.Zero, (sum, stake) => sum + stake);
        UInt128[] parts = [.. stakes.Select(stake => total == 0 ? 0 : stake * amount / total)];
        rest = amount - parts.Aggregate(UInt128.Zero, (sum, part) => sum + part);
        return parts;
    }
}
