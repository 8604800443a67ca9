using NuCypher.P2P.Ledger.Accounts;
using NuCypher.P2P.Ledger.Blocks;
using NuCypher.P2P.Ledger.Hosts;
using NuCypher.P2P.Ledger.Rules;
using NuCypher.P2P.Ledger.State;
using NuCypher.P2P.Ledger.Transactions;
using NuCypher.P2P.Policy.Wire;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Node.Demo.Ledger;

/// <summary>
/// The book-keeper of the demonstration, and a follower who computes every block again and counts all coins.
/// </summary>
internal sealed class LedgerBook
{
    private readonly RandomSource _random;
    private readonly MemoryLedger _ledger;

    /// <summary>Begins the ledger.</summary>
    /// <param name="genesis">Its beginning.</param>
    /// <param name="keeper">Who signs blocks.</param>
    /// <param name="random">For signatures.</param>
    public LedgerBook(LedgerState genesis, LedgerPerson keeper, RandomSource random)
    {
        _random = random;
        _ledger = new MemoryLedger(genesis, keeper.Keys.Signer);
        Follower = new LedgerHead(genesis, default, DateTimeOffset.UnixEpoch, keeper.Keys.VerifyingKey);
    }

    /// <summary>Who trusts nobody.</summary>
    public LedgerHead Follower { get; private set; }

    /// <summary>The last block.</summary>
    public byte[] LastBlock { get; private set; } = [];

    /// <summary>What the ledger knows now.</summary>
    public LedgerState State => _ledger.State;

    /// <summary>What happened since the last block.</summary>
    public IReadOnlyList<LedgerEvent> Events => _ledger.Events;

    /// <summary>What somebody can spend.</summary>
    public UInt128 BalanceOf(LedgerPerson person) => _ledger.BalanceOf(person.Id);

    /// <summary>A signed transaction.</summary>
    public byte[] Sign(LedgerPerson person, LedgerOperation operation) => SignedMessage.Sign(
        new Transaction(
            _ledger.Chain, person.Keys.VerifyingKey, _ledger.NonceOf(person.Id), State.Height + 10, operation),
        person.Keys.Signer, _random).Bytes.ToArray();

    /// <summary>Submits what the ledger may refuse.</summary>
    public LedgerRefusal Try(LedgerPerson person, LedgerOperation operation) => _ledger.Submit(Sign(person, operation));

    /// <summary>Submits what it must take.</summary>
    public void Do(LedgerPerson person, LedgerOperation operation)
    {
        var refusal = Try(person, operation);
        DemoNarrator.Check(
            refusal == LedgerRefusal.None, $"{person.Name}'s {operation.Kind} is taken (the ledger says {refusal})");
    }

    /// <summary>Closes a block; the follower computes it again, and every coin is counted.</summary>
    public void Seal(DateTimeOffset now)
    {
        LastBlock = _ledger.Seal(now, _random).ToArray();
        var refusal = Follower.Follow(LastBlock, out var next);
        DemoNarrator.Check(refusal == BlockRefusal.None, $"the follower comes to the same state (it says {refusal})");
        Follower = next;
        var audit = Follower.State.Audit();
        DemoNarrator.Check(audit.IsConserved,
            $"no coin is lost or made (there are {Coins.Text(audit.Sum)} of {Coins.Text(audit.Expected)})");
    }

    /// <summary>Closes blocks until a later period is open.</summary>
    public void GoTo(ulong period, DateTimeOffset now)
    {
        while (State.Period < period)
            Seal(now);
    }

    /// <summary>Closes blocks until the round of health checks is at this block of its ten.</summary>
    public void GoToOffset(ulong offset, DateTimeOffset now)
    {
        while (State.Height % State.Parameters.BlocksPerRound != offset)
            Seal(now);
    }
}
