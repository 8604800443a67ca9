using NuCypher.P2P.Ledger.State;

namespace NuCypher.P2P.Ledger.Rules;

/// <summary>What came of a transaction.</summary>
/// <param name="State">After it; the same as before if it was refused.</param>
/// <param name="Events">What happened; nothing if it was refused.</param>
/// <param name="Refusal">Why it was refused.</param>
public sealed record LedgerOutcome(LedgerState State, IReadOnlyList<LedgerEvent> Events, LedgerRefusal Refusal)
{
    /// <summary>Whether it was taken.</summary>
    public bool IsTaken => Refusal == LedgerRefusal.None;
}
