namespace NuCypher.P2P.Ledger.Staking;

/// <summary>A part of a stake with a time of its own.</summary>
/// <param name="Amount">Units; more than none.</param>
/// <param name="First">The first period in which it counts.</param>
/// <param name="Unlock">The first period in which it no longer counts, and can be withdrawn.</param>
public readonly record struct SubStake(UInt128 Amount, ulong First, ulong Unlock)
{
    /// <summary>Whether it counts in a period.</summary>
    public bool CountsIn(ulong period) => First <= period && period < Unlock;
}
