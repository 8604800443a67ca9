namespace NuCypher.P2P.Ledger.State;

/// <summary>Where all coins are; the parts sum to what there was at the beginning and what was minted since.</summary>
/// <param name="Balances">In accounts.</param>
/// <param name="Stakes">Put up as collateral.</param>
/// <param name="Rewards">Minted and not yet collected.</param>
/// <param name="Escrows">Deposited for policies.</param>
/// <param name="Bonds">Of validators in the round that runs.</param>
/// <param name="Pools">Left over, and for those who check.</param>
/// <param name="Burnt">Gone.</param>
/// <param name="Expected">What the sum must be.</param>
public sealed record LedgerAudit(
    UInt128 Balances, UInt128 Stakes, UInt128 Rewards, UInt128 Escrows, UInt128 Bonds, UInt128 Pools, UInt128 Burnt,
    UInt128 Expected)
{
    /// <summary>All of it.</summary>
    public UInt128 Sum => Balances + Stakes + Rewards + Escrows + Bonds + Pools + Burnt;

    /// <summary>Whether no coin came from nowhere or went there.</summary>
    public bool IsConserved => Sum == Expected;
}
