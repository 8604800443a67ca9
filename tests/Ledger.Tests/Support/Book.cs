using NuCypher.P2P.Ledger.Accounts;
using NuCypher.P2P.Ledger.Rules;
using NuCypher.P2P.Ledger.State;
using NuCypher.P2P.Ledger.Transactions;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Wire;

namespace NuCypher.P2P.Ledger.Tests.Support;

/// <summary>A ledger under test: signs and submits, and looks after every step that no coin was lost.</summary>
internal sealed class Book
{
    private readonly SeededRandom _random = new(4);
    private ulong _blocks;

    public Book(LedgerParameters parameters, params (Person Person, UInt128 Amount)[] balances)
    {
        var given = balances.Aggregate(UInt128.Zero, (sum, balance) => sum + balance.Amount);
        State = LedgerState.Genesis(
            parameters,
            [.. balances.Select(balance => (balance.Person.Id, balance.Amount)),
                (Rest.Id, parameters.InitialSupply - given)]);
        Next();
    }

    /// <summary>Small periods: a period is two rounds of ten blocks.</summary>
    public static LedgerParameters Small { get; } = new() { BlocksPerPeriod = 20 };

    public static Person Rest { get; } = new(999);

    public LedgerState State { get; private set; }

    public IReadOnlyList<LedgerEvent> Events { get; private set; } = [];

    public ulong Period => State.Period;

    /// <summary>Goes on by a block.</summary>
    public void Next() =>
        Take(LedgerCore.Advance(State, DomainHash.Compute("test-block", BitConverter.GetBytes(_blocks++))));

    /// <summary>Goes on to the first block of a later period.</summary>
    public void GoTo(ulong period)
    {
        while (Period < period)
            Next();
    }

    /// <summary>Goes on to a height within a round, from 0 to 9.</summary>
    public void GoToOffset(ulong offset)
    {
        while (State.Height % State.Parameters.BlocksPerRound != offset)
            Next();
    }

    public byte[] Sign(Person person, LedgerOperation operation, ulong? nonce = null, ulong validUntil = ulong.MaxValue,
        Digest? chain = null) =>
        SignedMessage.Sign(
            new Transaction(
                chain ?? State.Chain, person.Keys.VerifyingKey, nonce ?? State.Accounts.Find(person.Id)?.Nonce ?? 0,
                validUntil, operation),
            person.Keys.Signer, _random).Bytes.ToArray();

    public LedgerRefusal Submit(byte[] transaction)
    {
        var before = State.Root;
        var outcome = LedgerCore.Execute(State, transaction);
        if (!outcome.IsTaken)
        {
            Assert.Empty(outcome.Events);
            Assert.Equal(before, outcome.State.Root);
        }

        Take(outcome);
        return outcome.Refusal;
    }

    public LedgerRefusal Try(Person person, LedgerOperation operation) => Submit(Sign(person, operation));

    public void Do(Person person, LedgerOperation operation) =>
        Assert.Equal(LedgerRefusal.None, Try(person, operation));

    public UInt128 BalanceOf(Person person) => State.Accounts.Find(person.Id)?.Balance ?? 0;

    public UInt128 StakeOf(Person person) => State.Stakers.Find(person.Id)?.Slashable ?? 0;

    /// <summary>These stake for long, are active in the next period, and it begins.</summary>
    public void Serve(UInt128 stake, params Person[] nodes)
    {
        foreach (var node in nodes)
        {
            Do(node, new Stake(stake, Period + 1_000));
            Do(node, new ConfirmActivity());
        }

        GoTo(Period + 1);
    }

    public static UInt128 C(ulong coins) => Coins.Of(coins);

    private void Take(LedgerOutcome outcome)
    {
        (State, Events) = (outcome.State, outcome.Events);
        var audit = State.Audit();
        Assert.True(audit.IsConserved, audit.ToString());
    }
}
