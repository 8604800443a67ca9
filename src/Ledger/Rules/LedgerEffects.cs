using NuCypher.P2P.Dht;
using NuCypher.P2P.Ledger.Evidence;
using NuCypher.P2P.Policy;

namespace NuCypher.P2P.Ledger.Rules;

/// <summary>Something happened on the ledger. Amounts are in units.</summary>
public abstract record LedgerEvent;

/// <summary>Coins changed hands.</summary>
public sealed record Transferred(NodeId From, NodeId To, UInt128 Amount) : LedgerEvent;

/// <summary>Somebody may spend from another's account.</summary>
public sealed record Approved(NodeId Owner, NodeId Spender, UInt128 Amount) : LedgerEvent;

/// <summary>A node put up collateral.</summary>
public sealed record Staked(NodeId Node, UInt128 Amount, ulong First, ulong Unlock) : LedgerEvent;

/// <summary>A part of a stake was divided or locked for longer.</summary>
public sealed record StakeChanged(NodeId Node) : LedgerEvent;

/// <summary>A node took stake back.</summary>
public sealed record Withdrawn(NodeId Node, UInt128 Amount) : LedgerEvent;

/// <summary>A node serves in a period.</summary>
public sealed record ActivityConfirmed(NodeId Node, ulong Period) : LedgerEvent;

/// <summary>Somebody pays for a policy.</summary>
public sealed record PolicyPaid(Digest Deal, NodeId Payer, UInt128 Deposit) : LedgerEvent;

/// <summary>A node's part of a policy was settled: fees to her, what she didn't earn back to the payer.</summary>
public sealed record FeesSettled(Digest Deal, NodeId Node, UInt128 Earned, UInt128 Refunded) : LedgerEvent;

/// <summary>A node's rewards came to its balance.</summary>
public sealed record RewardsCollected(NodeId Node, UInt128 Amount) : LedgerEvent;

/// <summary>A node published the root of its receipts.</summary>
public sealed record ReceiptsPosted(NodeId Node, ulong Period, Digest Root, uint Count) : LedgerEvent;

/// <summary>A node was convicted, and lost stake; the challenger has a part of it, the rest is burnt.</summary>
public sealed record Convicted(NodeId Node, EvidenceKind Kind, NodeId Challenger, UInt128 Slashed, UInt128 Bounty)
    : LedgerEvent;

/// <summary>Evidence convicted nobody; the filing fee is burnt.</summary>
public sealed record Dismissed(NodeId Challenger, VerdictReason Reason, UInt128 Fee) : LedgerEvent;

/// <summary>A validator committed itself, or revealed what it had committed to.</summary>
public sealed record ValidatorSpoke(NodeId Validator, ulong Round) : LedgerEvent;

/// <summary>A validator lost a bond: it revealed something else, or nothing.</summary>
public sealed record BondBurnt(NodeId Validator, UInt128 Amount) : LedgerEvent;

/// <summary>A round of health checks began.</summary>
public sealed record RoundOpened(ulong Round, int Validators) : LedgerEvent;

/// <summary>The beacon of a round is known, and with it who is checked.</summary>
public sealed record TargetsDrawn(ulong Round, Digest Beacon, int Targets) : LedgerEvent;

/// <summary>The votes on a node were counted; null: as many for as against, or none.</summary>
public sealed record HealthJudged(NodeId Node, bool? IsUnhealthy, UInt128 Lost, UInt128 PaidToVoters) : LedgerEvent;

/// <summary>A period ended: coins were minted for those who were active in it.</summary>
public sealed record PeriodEnded(ulong Period, UInt128 Minted, int Rewarded) : LedgerEvent;

/// <summary>A node's part of what was minted.</summary>
public sealed record RewardMinted(NodeId Node, UInt128 Amount) : LedgerEvent;
