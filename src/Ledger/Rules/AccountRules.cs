using NuCypher.P2P.Dht;
using NuCypher.P2P.Ledger.Accounts;
using NuCypher.P2P.Ledger.Transactions;

namespace NuCypher.P2P.Ledger.Rules;

/// <summary>Who pays whom.</summary>
internal static class AccountRules
{
    public static LedgerRefusal Transfer(LedgerTurn turn, Transfer operation) =>
        Move(turn, turn.Sender, operation.To, operation.Amount);

    public static LedgerRefusal Approve(LedgerTurn turn, Approve operation)
    {
        var key = Allowance.KeyOf(turn.Sender, operation.Spender);
        var known = turn.State.Allowances.Find(key);
        if (operation.To > Coins.MaxAmount)
            return LedgerRefusal.Overflow;
        if ((known?.Amount ?? 0) != operation.From)
            return LedgerRefusal.NotAllowed;
        var account = turn.AccountOf(turn.Sender);
        if (known is null && operation.To > 0 && account.Allowances >= Account.MaxAllowances)
            return LedgerRefusal.Full;
        SetAllowance(turn, turn.Sender, operation.Spender, operation.To);
        return turn.Done(new Approved(turn.Sender, operation.Spender, operation.To));
    }

    public static LedgerRefusal TransferFrom(LedgerTurn turn, TransferFrom operation)
    {
        var allowed = turn.State.Allowances.Find(Allowance.KeyOf(operation.Owner, turn.Sender))?.Amount ?? 0;
        if (operation.Amount > Coins.MaxAmount)
            return LedgerRefusal.Overflow;
        if (allowed < operation.Amount)
            return LedgerRefusal.NotAllowed;
        var refusal = Move(turn, operation.Owner, operation.To, operation.Amount);
        if (refusal == LedgerRefusal.None)
            SetAllowance(turn, operation.Owner, turn.Sender, allowed - operation.Amount);
        return refusal;
    }

    private static LedgerRefusal Move(LedgerTurn turn, NodeId from, NodeId to, UInt128 amount)
    {
        if (amount > Coins.MaxAmount)
            return LedgerRefusal.Overflow;
        if (amount == 0)
            return LedgerRefusal.BelowMinimum;
        var refusal = turn.State.Accounts.Find(to) is null ? CheckOpening(turn, amount) : LedgerRefusal.None;
        if (refusal != LedgerRefusal.None)
            return refusal;
        if (!turn.TryDebit(from, amount))
            return LedgerRefusal.Insufficient;
        turn.Credit(to, amount);
        return turn.Done(new Transferred(from, to, amount));
    }

    private static LedgerRefusal CheckOpening(LedgerTurn turn, UInt128 amount) =>
        turn.State.Accounts.Count >= turn.Parameters.MaxAccounts ? LedgerRefusal.Full
        : amount < turn.Parameters.MinimumDeposit ? LedgerRefusal.BelowMinimum
        : LedgerRefusal.None;

    private static void SetAllowance(LedgerTurn turn, NodeId owner, NodeId spender, UInt128 amount)
    {
        var key = Allowance.KeyOf(owner, spender);
        var was = turn.State.Allowances.Find(key) is not null;
        turn.State = turn.State with
        {
            Allowances = amount > 0
                ? turn.State.Allowances.Set(key, new Allowance(amount))
                : turn.State.Allowances.Remove(key),
        };
        var account = turn.AccountOf(owner);
        turn.Change(owner, account with { Allowances = account.Allowances + (amount > 0 ? 1u : 0u) - (was ? 1u : 0u) });
    }
}
