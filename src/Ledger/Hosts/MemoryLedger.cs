using NuCypher.P2P.Dht;
using NuCypher.P2P.Ledger.Blocks;
using NuCypher.P2P.Ledger.Rules;
using NuCypher.P2P.Ledger.State;
using NuCypher.P2P.Ledger.Transactions;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Wire;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Ledger.Hosts;

/// <summary>A ledger in memory with one book-keeper: for tests, samples and the simulator. For one thread.</summary>
/// <remarks>
/// Transactions are carried out when they come; a block only says which they were. Blocks are not kept here.
/// </remarks>
public sealed class MemoryLedger : ILedger
{
    private readonly Signer _bookkeeper;
    private readonly List<ReadOnlyMemory<byte>> _open = [];
    private readonly List<LedgerEvent> _events = [];
    private int _payload;

    /// <summary>Begins a ledger.</summary>
    /// <param name="genesis">Its beginning.</param>
    /// <param name="bookkeeper">Signs blocks; not disposed here.</param>
    public MemoryLedger(LedgerState genesis, Signer bookkeeper)
    {
        _bookkeeper = bookkeeper;
        Head = new LedgerHead(genesis, default, DateTimeOffset.UnixEpoch, bookkeeper.VerifyingKey);
        State = Head.State;
        Begin();
    }

    /// <summary>The last block.</summary>
    public LedgerHead Head { get; private set; }

    /// <summary>After all that was taken, in blocks or not yet.</summary>
    public LedgerState State { get; private set; }

    /// <summary>What happened since the last block, with what the next block's beginning brought.</summary>
    public IReadOnlyList<LedgerEvent> Events => _events;

    /// <inheritdoc/>
    public bool IsFree => false;

    /// <inheritdoc/>
    public Digest Chain => State.Chain;

    /// <inheritdoc/>
    public ulong Height => Head.State.Height;

    /// <inheritdoc/>
    public LedgerRefusal Submit(ReadOnlyMemory<byte> transaction)
    {
        if (transaction.Length > Transaction.MaxSize)
            return LedgerRefusal.TooLarge;
        var size = transaction.Length + sizeof(ushort);
        if (_open.Count >= Block.MaxTransactions || _payload + size > Block.MaxPayload)
            return LedgerRefusal.Full;
        var outcome = LedgerCore.Execute(State, transaction.Span);
        if (!outcome.IsTaken)
            return outcome.Refusal;
        State = outcome.State;
        _events.AddRange(outcome.Events);
        _open.Add(transaction.ToArray());
        _payload += size;
        return LedgerRefusal.None;
    }

    /// <summary>Closes the block that is open, and begins the next.</summary>
    /// <param name="time">The book-keeper's clock; not before the last block.</param>
    /// <param name="random">For the signature.</param>
    /// <returns>The signed block, for followers.</returns>
    public ReadOnlyMemory<byte> Seal(DateTimeOffset time, RandomSource random)
    {
        var block = new Block(
            Chain, State.Height, Head.Block, time > Head.Time ? time : Head.Time, [.. _open], State.Root);
        var signed = SignedMessage.Sign(block, _bookkeeper, random);
        Head = Head with { State = State, Block = signed.Hash, Time = signed.Body.Time };
        Begin();
        return signed.Bytes;
    }

    /// <inheritdoc/>
    public UInt128 BalanceOf(NodeId account) => State.Accounts.Find(account)?.Balance ?? 0;

    /// <inheritdoc/>
    public ulong NonceOf(NodeId account) => State.Accounts.Find(account)?.Nonce ?? 0;

    /// <inheritdoc/>
    public UInt128 StakeOf(NodeId node) => State.Stakers.Find(node)?.StakeIn(State.Period) ?? 0;

    /// <inheritdoc/>
    public bool MayTakeArrangement(NodeId node) =>
        State.Stakers.Find(node) is { } staker && State.IsEligible(staker)
        && staker.EngagedIn(State.Period) < State.CapacityOf(staker);

    /// <inheritdoc/>
    public IReadOnlyList<NodeId>? Draw(int count, RandomSource random) => State.Table.Draw(count, random);

    private void Begin()
    {
        _open.Clear();
        _events.Clear();
        _payload = 0;
        var begun = LedgerCore.Advance(State, Head.Block);
        State = begun.State;
        _events.AddRange(begun.Events);
    }
}
