using NuCypher.P2P.Ledger.Rules;
using NuCypher.P2P.Ledger.State;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Wire;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Ledger.Blocks;

/// <summary>The end of a chain of blocks, as a follower knows it who computed every one of them himself.</summary>
/// <param name="State">After the last block.</param>
/// <param name="Block">The last block's hash; zeros before the first.</param>
/// <param name="Time">When it was made.</param>
/// <param name="Bookkeeper">Who signs blocks.</param>
public sealed record LedgerHead(LedgerState State, Digest Block, DateTimeOffset Time, VerifyingKey Bookkeeper)
{
    /// <summary>Takes the next block if its book-keeper kept all rules. Never throws.</summary>
    /// <param name="bytes">A signed <see cref="Blocks.Block"/>.</param>
    /// <param name="next">The head after it; the same if it was refused.</param>
    public BlockRefusal Follow(ReadOnlySpan<byte> bytes, out LedgerHead next)
    {
        next = this;
        if (!SignedMessage.TryRead<Block>(bytes, out var message, out _))
            return BlockRefusal.Malformed;
        var refusal = Check(message);
        if (refusal != BlockRefusal.None)
            return refusal;
        var state = LedgerCore.Advance(State, Block).State;
        foreach (var transaction in message.Claims.Transactions)
        {
            var outcome = LedgerCore.Execute(state, transaction.Span);
            if (!outcome.IsTaken)
                return BlockRefusal.RefusedTransaction;
            state = outcome.State;
        }

        if (state.Root != message.Claims.StateRoot)
            return BlockRefusal.WrongState;
        next = this with { State = state, Block = message.Hash, Time = message.Claims.Time };
        return BlockRefusal.None;
    }

    /// <summary>
    /// Whether somebody's two blocks of one height are both signed by the book-keeper: the proof that it lies.
    /// </summary>
    public bool IsEquivocation(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second) =>
        SignedMessage.TryRead<Block>(first, out var one, out _)
            && SignedMessage.TryRead<Block>(second, out var other, out _)
        && one.Claims.Chain == State.Chain && other.Claims.Chain == State.Chain
        && one.Claims.Height == other.Claims.Height && one.Hash != other.Hash
        && one.Verify(Bookkeeper, out _) && other.Verify(Bookkeeper, out _);

    private BlockRefusal Check(SignedMessage<Block> message)
    {
        var block = message.Claims;
        return block.Chain != State.Chain ? BlockRefusal.WrongChain
            : block.Height != State.Height + 1 ? BlockRefusal.WrongHeight
            : block.Previous != Block ? BlockRefusal.WrongPrevious
            : block.Time < Time ? BlockRefusal.TimeWentBack
            : message.Verify(Bookkeeper, out _) ? BlockRefusal.None
            : BlockRefusal.BadSignature;
    }
}
