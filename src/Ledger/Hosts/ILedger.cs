using NuCypher.P2P.Dht;
using NuCypher.P2P.Ledger.Rules;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Ledger.Hosts;

/// <summary>A ledger, wherever it is kept; or that there is none.</summary>
public interface ILedger
{
    /// <summary>Whether nothing is paid or staked here.</summary>
    bool IsFree { get; }

    /// <summary>Which ledger; zeros if there is none.</summary>
    Digest Chain { get; }

    /// <summary>How many blocks it has.</summary>
    ulong Height { get; }

    /// <summary>Takes a transaction, or says why not; then nothing changed. Never throws.</summary>
    /// <param name="transaction">A signed <see cref="Transactions.Transaction"/>, from anybody.</param>
    LedgerRefusal Submit(ReadOnlyMemory<byte> transaction);

    /// <summary>What somebody can spend, in units, with all that was taken.</summary>
    UInt128 BalanceOf(NodeId account);

    /// <summary>The nonce of somebody's next transaction.</summary>
    ulong NonceOf(NodeId account);

    /// <summary>A node's stake that counts in this period, in units.</summary>
    UInt128 StakeOf(NodeId node);

    /// <summary>Whether a node may take one more arrangement, by its stake.</summary>
    bool MayTakeArrangement(NodeId node);

    /// <summary>
    /// Draws nodes in proportion to their stake, all different; null if the ledger chooses nobody, or has not as many.
    /// </summary>
    IReadOnlyList<NodeId>? Draw(int count, RandomSource random);
}
