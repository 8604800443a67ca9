using NuCypher.P2P.Ledger.State;
using NuCypher.P2P.Ledger.Transactions;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Wire;

namespace NuCypher.P2P.Ledger.Rules;

/// <summary>The ledger: a state and a transaction give the next state and what happened, or a refusal.</summary>
/// <remarks>Pure: no I/O, no clock, no entropy. What strangers send never makes it throw.</remarks>
public static class LedgerCore
{
    /// <summary>Takes or refuses a transaction as it came.</summary>
    /// <param name="state">Where the ledger is.</param>
    /// <param name="bytes">A signed <see cref="Transaction"/>.</param>
    public static LedgerOutcome Execute(LedgerState state, ReadOnlySpan<byte> bytes) =>
        SignedMessage.TryRead<Transaction>(bytes, out var message, out var refusal)
            ? Execute(state, message)
            : new(state, [], refusal switch
            {
                DecodeRefusal.TooLong => LedgerRefusal.TooLarge,
                DecodeRefusal.BadSignature => LedgerRefusal.BadSignature,
                _ => LedgerRefusal.Malformed,
            });

    /// <summary>Takes or refuses a transaction that was read.</summary>
    /// <param name="state">Where the ledger is.</param>
    /// <param name="message">Not verified: that is done here.</param>
    public static LedgerOutcome Execute(LedgerState state, SignedMessage<Transaction> message)
    {
        var transaction = message.Claims;
        var turn = new LedgerTurn(state) { Sender = transaction.From, SenderKey = transaction.Sender };
        var refusal = Check(state, message);
        if (refusal == LedgerRefusal.None)
            refusal = Run(turn, transaction.Operation);
        if (refusal != LedgerRefusal.None)
            return new(state, [], refusal);
        var account = turn.AccountOf(turn.Sender);
        turn.Change(turn.Sender, account with { Nonce = account.Nonce + 1 });
        return new(turn.State, turn.Events, LedgerRefusal.None);
    }

    /// <summary>Begins the next block: periods end and begin with it, and rounds of health checks.</summary>
    /// <param name="state">Where the ledger is.</param>
    /// <param name="previousBlock">The hash of the last block; zeros before the first.</param>
    public static LedgerOutcome Advance(LedgerState state, Digest previousBlock)
    {
        var turn = new LedgerTurn(state with { Height = state.Height + 1 });
        HealthRules.Close(turn);
        PeriodRules.Advance(turn);
        HealthRules.Open(turn, previousBlock);
        HealthRules.DrawTargets(turn);
        return new(turn.State, turn.Events, LedgerRefusal.None);
    }

    // The signature last: it costs a hundred times as much as all the rest.
    private static LedgerRefusal Check(LedgerState state, SignedMessage<Transaction> message)
    {
        var transaction = message.Claims;
        if (transaction.Chain != state.Chain)
            return LedgerRefusal.WrongChain;
        if (transaction.ValidUntil < state.Height)
            return LedgerRefusal.Outdated;
        if (state.Accounts.Find(transaction.From) is not { } account)
            return LedgerRefusal.Insufficient;
        if (transaction.Nonce != account.Nonce)
            return LedgerRefusal.WrongNonce;
        return message.Verify(transaction.Sender, out _) ? LedgerRefusal.None : LedgerRefusal.BadSignature;
    }

    private static LedgerRefusal Run(LedgerTurn turn, LedgerOperation operation) => operation switch
    {
        Transfer transfer => AccountRules.Transfer(turn, transfer),
        Approve approve => AccountRules.Approve(turn, approve),
        TransferFrom transfer => AccountRules.TransferFrom(turn, transfer),
        Stake stake => StakeRules.Stake(turn, stake),
        Split split => StakeRules.Split(turn, split),
        Prolong prolong => StakeRules.Prolong(turn, prolong),
        Withdraw withdraw => StakeRules.Withdraw(turn, withdraw),
        ConfirmActivity => StakeRules.Confirm(turn),
        CreatePolicy create => PolicyRules.Create(turn, create),
        RevokePolicy revoke => PolicyRules.Revoke(turn, revoke),
        RevokeArrangement revoke => PolicyRules.Revoke(turn, revoke),
        CollectRewards => StakeRules.CollectRewards(turn),
        CollectFees collect => PolicyRules.Collect(turn, collect),
        PostReceipts post => StakeRules.PostReceipts(turn, post),
        SubmitEvidence submit => EvidenceRules.Submit(turn, submit),
        CommitSecret commit => HealthRules.Commit(turn, commit),
        RevealSecret reveal => HealthRules.Reveal(turn, reveal),
        CommitVote commit => HealthRules.Commit(turn, commit),
        RevealVote reveal => HealthRules.Reveal(turn, reveal),
        _ => LedgerRefusal.Malformed,
    };
}
