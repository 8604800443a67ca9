namespace NuCypher.P2P.Ledger.Policies;

/// <summary>
/// What comes of settling a node's part: what it earned, and what the payer gets back. Their sum leaves the escrow.
/// </summary>
/// <param name="Earned">To the node.</param>
/// <param name="Refunded">To the payer.</param>
public readonly record struct Settlement(UInt128 Earned, UInt128 Refunded);
