using NuCypher.P2P.Dht;
using NuCypher.P2P.Ledger.Accounts;
using NuCypher.P2P.Ledger.Staking;
using NuCypher.P2P.Ledger.State;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Ledger.Rules;

/// <summary>
/// A state while something happens to it. Who refuses throws the turn away, and with it all that was done.
/// </summary>
internal sealed class LedgerTurn(LedgerState state)
{
    private readonly List<LedgerEvent> _events = [];

    public LedgerState State { get; set; } = state;

    public IReadOnlyList<LedgerEvent> Events => _events;

    /// <summary>Who sent the transaction.</summary>
    public NodeId Sender { get; init; }

    /// <summary>What verifies it.</summary>
    public VerifyingKey? SenderKey { get; init; }

    public ulong Period => State.Period;

    public LedgerParameters Parameters => State.Parameters;

    public void Tell(LedgerEvent happened) => _events.Add(happened);

    public LedgerRefusal Done(LedgerEvent happened)
    {
        Tell(happened);
        return LedgerRefusal.None;
    }

    public Account AccountOf(NodeId id) => State.Accounts.Find(id) ?? Account.None;

    public void Change(NodeId id, Account account) => State = State with { Accounts = State.Accounts.Set(id, account) };

    public void Change(Staker staker) => State = State with { Stakers = State.Stakers.Set(staker.Id, staker) };

    /// <summary>Changes a staker, or forgets it if nothing is left of it.</summary>
    public void Keep(Staker staker)
    {
        if (staker.IsForgettable)
            State = State with { Stakers = State.Stakers.Remove(staker.Id) };
        else
            Change(staker);
    }

    /// <summary>Takes from a balance; false, and nothing is taken, if there is less.</summary>
    public bool TryDebit(NodeId id, UInt128 amount)
    {
        var account = AccountOf(id);
        if (account.Balance < amount)
            return false;
        Change(id, account with { Balance = account.Balance - amount });
        return true;
    }

    /// <summary>Adds to a balance. The sum of all balances is bounded, so that none overflows.</summary>
    public void Credit(NodeId id, UInt128 amount)
    {
        var account = AccountOf(id);
        if (amount > 0)
            Change(id, account with { Balance = account.Balance + amount });
    }

    public void Burn(UInt128 amount) => State = State with { Burnt = State.Burnt + amount };
}
