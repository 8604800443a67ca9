using NuCypher.P2P.Ledger.Accounts;
using NuCypher.P2P.Ledger.Merkle;
using NuCypher.P2P.Ledger.Staking;
using NuCypher.P2P.Ledger.Transactions;

namespace NuCypher.P2P.Ledger.Rules;

/// <summary>Collateral: put up, divided, prolonged, taken back; and what a staker says of itself.</summary>
internal static class StakeRules
{
    /// <summary>The longest lock, in periods; 3,650, ten years of days.</summary>
    public const ulong MaxLock = 3_650;

    public static LedgerRefusal Stake(LedgerTurn turn, Stake operation)
    {
        var known = turn.State.Stakers.Find(turn.Sender);
        var first = turn.Period + 1;
        if (operation.Amount > Coins.MaxAmount)
            return LedgerRefusal.Overflow;
        if (operation.Amount < (known is null ? turn.Parameters.MinimumEntry : turn.Parameters.MinimumDeposit))
            return LedgerRefusal.BelowMinimum;
        var refusal = CheckUnlock(turn, operation.Unlock, first);
        if (refusal != LedgerRefusal.None)
            return refusal;
        if (known is null && turn.State.Stakers.Count >= turn.Parameters.MaxStakers)
            return LedgerRefusal.Full;
        var staker = known ?? new Staker(turn.SenderKey!); // only a signed transaction stakes
        if (staker.Parts.Length >= Staker.MaxSubStakes)
            return LedgerRefusal.Full;
        if (!turn.TryDebit(turn.Sender, operation.Amount))
            return LedgerRefusal.Insufficient;
        turn.Change(staker with { Parts = staker.Parts.Add(new(operation.Amount, first, operation.Unlock)) });
        return turn.Done(new Staked(turn.Sender, operation.Amount, first, operation.Unlock));
    }

    public static LedgerRefusal Split(LedgerTurn turn, Split operation)
    {
        var refusal = FindPart(turn, operation.Part, out var staker, out var part);
        if (refusal != LedgerRefusal.None)
            return refusal;
        if (staker!.Parts.Length >= Staker.MaxSubStakes)
            return LedgerRefusal.Full;
        if (operation.Amount > part.Amount)
            return LedgerRefusal.Insufficient;
        var left = part.Amount - operation.Amount;
        if (operation.Amount < turn.Parameters.MinimumDeposit || left < turn.Parameters.MinimumDeposit)
            return LedgerRefusal.BelowMinimum;
        turn.Change(staker with
        {
            Parts = staker.Parts.SetItem(operation.Part, part with { Amount = left })
                .Add(part with { Amount = operation.Amount }),
        });
        return turn.Done(new StakeChanged(turn.Sender));
    }

    public static LedgerRefusal Prolong(LedgerTurn turn, Prolong operation)
    {
        var refusal = FindPart(turn, operation.Part, out var staker, out var part);
        if (refusal == LedgerRefusal.None)
            refusal = CheckUnlock(turn, operation.Unlock, Math.Max(part.Unlock, turn.Period));
        if (refusal != LedgerRefusal.None)
            return refusal;

        // What was unlocked counts again from the next period on.
        var first = part.Unlock <= turn.Period ? turn.Period + 1 : part.First;
        if (operation.Unlock <= first)
            return LedgerRefusal.Locked;
        turn.Change(staker! with
        {
            Parts = staker.Parts.SetItem(operation.Part, part with { First = first, Unlock = operation.Unlock }),
        });
        return turn.Done(new StakeChanged(turn.Sender));
    }

    public static LedgerRefusal Withdraw(LedgerTurn turn, Withdraw operation)
    {
        var refusal = FindPart(turn, operation.Part, out var staker, out var part);
        if (refusal != LedgerRefusal.None)
            return refusal;
        if (part.Unlock > turn.Period)
            return LedgerRefusal.Locked;
        turn.Keep(staker! with { Parts = staker.Parts.RemoveAt(operation.Part) });
        turn.Credit(turn.Sender, part.Amount);
        return turn.Done(new Withdrawn(turn.Sender, part.Amount));
    }

    public static LedgerRefusal Confirm(LedgerTurn turn)
    {
        var next = turn.Period + 1;
        if (turn.State.Stakers.Find(turn.Sender) is not { } staker)
            return LedgerRefusal.NotStaker;
        if (staker.StakeIn(next) < turn.Parameters.MinimumStake)
            return LedgerRefusal.BelowMinimum;
        if (staker.Activity.Contains(next))
            return LedgerRefusal.AlreadyDone;
        var forgetBefore = next > ActivityLog.Memory ? next - ActivityLog.Memory : 0;
        turn.Change(staker with { Activity = staker.Activity.Add(next, forgetBefore) });
        return turn.Done(new ActivityConfirmed(turn.Sender, next));
    }

    public static LedgerRefusal CollectRewards(LedgerTurn turn)
    {
        if (turn.State.Stakers.Find(turn.Sender) is not { } staker)
            return LedgerRefusal.NotStaker;
        if (staker.Rewards == 0)
            return LedgerRefusal.Insufficient;
        turn.Keep(staker with { Rewards = 0 });
        turn.Credit(turn.Sender, staker.Rewards);
        return turn.Done(new RewardsCollected(turn.Sender, staker.Rewards));
    }

    public static LedgerRefusal PostReceipts(LedgerTurn turn, PostReceipts operation)
    {
        if (turn.State.Stakers.Find(turn.Sender) is not { } staker)
            return LedgerRefusal.NotStaker;
        if (operation.Count > ReceiptTree.MaxLeaves)
            return LedgerRefusal.TooLarge;
        if (operation.Period >= turn.Period)
            return LedgerRefusal.Locked;
        if (staker.Posted.Length > 0 && operation.Period <= staker.Posted[^1].Period)
            return LedgerRefusal.AlreadyDone;
        var posted = staker.Posted.Add(new(operation.Period, operation.Root, operation.Count));
        turn.Change(staker with { Posted = [.. posted.TakeLast(Staker.MaxPosted)] });
        return turn.Done(new ReceiptsPosted(turn.Sender, operation.Period, operation.Root, operation.Count));
    }

    private static LedgerRefusal CheckUnlock(LedgerTurn turn, ulong unlock, ulong after) =>
        unlock <= after ? LedgerRefusal.Locked
        : unlock > turn.Period + MaxLock ? LedgerRefusal.TooLarge
        : LedgerRefusal.None;

    private static LedgerRefusal FindPart(LedgerTurn turn, byte index, out Staker? staker, out SubStake part)
    {
        staker = turn.State.Stakers.Find(turn.Sender);
        part = staker is not null && index < staker.Parts.Length ? staker.Parts[index] : default;
        return staker is null ? LedgerRefusal.NotStaker
            : part.Amount == 0 ? LedgerRefusal.UnknownPart
            : LedgerRefusal.None;
    }
}
