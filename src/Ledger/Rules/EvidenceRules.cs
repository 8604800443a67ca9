using NuCypher.P2P.Ledger.Evidence;
using NuCypher.P2P.Ledger.Transactions;

namespace NuCypher.P2P.Ledger.Rules;

/// <summary>Accusations: stake moves only on objects that the accused signed.</summary>
internal static class EvidenceRules
{
    public static LedgerRefusal Submit(LedgerTurn turn, SubmitEvidence operation)
    {
        if (turn.AccountOf(turn.Sender).Balance < turn.Parameters.FilingFee)
            return LedgerRefusal.Insufficient;
        var verdict = Judge.Verdict(operation.Evidence.Span, id => turn.State.Stakers.Find(id)?.Key);
        if (verdict.IsGuilty)
            return turn.State.Cases.Find(verdict.Case) is null ? Convict(turn, verdict) : LedgerRefusal.AlreadyJudged;
        turn.TryDebit(turn.Sender, turn.Parameters.FilingFee);
        turn.Burn(turn.Parameters.FilingFee);
        return turn.Done(new Dismissed(turn.Sender, verdict.Reason, turn.Parameters.FilingFee));
    }

    private static LedgerRefusal Convict(LedgerTurn turn, Verdict verdict)
    {
        var staker = turn.State.Stakers.Find(verdict.Node)!; // the judge took her key from there
        var first = staker.Offences == 0 ? staker.Slashable : staker.PenaltyBase;
        var penalty = verdict.Kind == EvidenceKind.ServedAfterRevocation
            ? staker.Slashable
            : turn.Parameters.Penalties.ForWrongAnswer(first, staker.Offences, staker.Slashable);
        var slashed = staker.Slash(penalty, out var taken);
        turn.Change(slashed with { Offences = Next(staker.Offences), PenaltyBase = first });
        var bounty = turn.Parameters.Penalties.Bounty(taken);
        turn.Credit(turn.Sender, bounty);
        turn.Burn(taken - bounty);
        turn.State = turn.State with
        {
            Cases = turn.State.Cases.Set(verdict.Case, new JudgedCase(verdict.Node, verdict.Kind, taken)),
        };
        return turn.Done(new Convicted(verdict.Node, verdict.Kind, turn.Sender, taken, bounty));
    }

    private static uint Next(uint offences) => offences == uint.MaxValue ? offences : offences + 1;
}
