using NuCypher.P2P.Ledger.Transactions;
using NuCypher.P2P.Ledger.Wire;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Wire;

namespace NuCypher.P2P.Ledger.Blocks;

/// <summary>Transactions in the order in which they were taken; signed by the book-keeper.</summary>
/// <param name="Chain">Which ledger.</param>
/// <param name="Height">1 for the first block.</param>
/// <param name="Previous">The hash of the block before, signature included; zeros for the first.</param>
/// <param name="Time">When it was made, by the book-keeper's clock; never before the one before.</param>
/// <param name="Transactions">Signed; none of them is refused.</param>
/// <param name="StateRoot">The hash over the state after it.</param>
public sealed record Block(
    Digest Chain, ulong Height, Digest Previous, DateTimeOffset Time, IReadOnlyList<ReadOnlyMemory<byte>> Transactions,
    Digest StateRoot) : IProtocolBody<Block>
{
    /// <summary>The most transactions of a block.</summary>
    public const int MaxTransactions = 4_096;

    /// <summary>The most bytes of a block's transactions, their lengths included.</summary>
    public const int MaxPayload = 1 << 20;

    /// <inheritdoc/>
    public static ProtocolHeader Header { get; } = ProtocolHeader.Of("LgBk");

    /// <inheritdoc/>
    public static int MaxSize => MaxPayload + 256;

    /// <inheritdoc/>
    public static Block? Read(ref FieldReader reader)
    {
        var (chain, height, previous, time, root) =
            (reader.Digest(), reader.Number(), reader.Digest(), reader.Time(), reader.Digest());
        var count = reader.TwoByteNumber();
        if (count > MaxTransactions)
            return null;
        var transactions = new ReadOnlyMemory<byte>[count];
        for (var i = 0; i < count && reader.Refusal == DecodeRefusal.None; i++)
            transactions[i] = reader.Prefixed(Transaction.MaxSize).ToArray();
        return new(chain, height, previous, time, transactions, root);
    }

    /// <inheritdoc/>
    public void Write(FieldWriter writer)
    {
        writer.Digest(Chain).Number(Height).Digest(Previous).Time(Time).Digest(StateRoot);
        writer.TwoByteNumber((ushort)Transactions.Count);
        foreach (var transaction in Transactions)
            writer.Prefixed(transaction.Span);
    }
}
