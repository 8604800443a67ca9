namespace NuCypher.P2P.Ledger.Health;

/// <summary>What came of the votes on one target.</summary>
/// <param name="IsUnhealthy">What the larger stake says; null for a tie, or if nobody voted.</param>
/// <param name="Rewards">What each voter gets, in the order of the votes.</param>
/// <param name="Carried">What is left of the pool.</param>
public sealed record Ballot(bool? IsUnhealthy, IReadOnlyList<UInt128> Rewards, UInt128 Carried)
{
    /// <summary>
    /// Counts by stake, and divides the pool among those who said what the majority says, by stake, rounded down.
    /// </summary>
    /// <param name="votes">Stake and word of each; stakes sum to at most 2^62.</param>
    /// <param name="pool">What is paid for this target; at most 2^62.</param>
    public static Ballot Count(IReadOnlyList<(UInt128 Stake, bool IsUnhealthy)> votes, UInt128 pool)
    {
        UInt128 unhealthy = 0, healthy = 0;
        foreach (var (stake, isUnhealthy) in votes)
            (unhealthy, healthy) = isUnhealthy ? (unhealthy + stake, healthy) : (unhealthy, healthy + stake);
        if (unhealthy == healthy)
            return new(null, [.. votes.Select(_ => UInt128.Zero)], pool);
        var verdict = unhealthy > healthy;
        var majority = UInt128.Max(unhealthy, healthy);
        UInt128[] rewards = [.. votes.Select(vote => vote.IsUnhealthy == verdict ? vote.Stake * pool / majority : 0)];
        return new(verdict, rewards, pool - rewards.Aggregate(UInt128.Zero, (sum, reward) => sum + reward));
    }

    /// <summary>What an unhealthy node loses: the mean of what was minted for it since it was last checked.</summary>
    public static UInt128 Loss(UInt128 minted, uint portions) => portions == 0 ? 0 : minted / portions;
}
