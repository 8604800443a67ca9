using NuCypher.P2P.Policy;

namespace NuCypher.P2P.Ledger.Staking;

/// <summary>What a node said about its work in a period: the root of its tree of receipts.</summary>
/// <param name="Period">Which period.</param>
/// <param name="Root">The tree's root.</param>
/// <param name="Count">How many leaves it has.</param>
public sealed record PostedReceipts(ulong Period, Digest Root, uint Count);
