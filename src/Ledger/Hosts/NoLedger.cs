using NuCypher.P2P.Dht;
using NuCypher.P2P.Ledger.Rules;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Ledger.Hosts;

/// <summary>
/// A swarm without a ledger: nothing costs anything, anybody may serve, and nobody is chosen by stake.
/// </summary>
public sealed class NoLedger : ILedger
{
    /// <inheritdoc/>
    public bool IsFree => true;

    /// <inheritdoc/>
    public Digest Chain => default;

    /// <inheritdoc/>
    public ulong Height => 0;

    /// <inheritdoc/>
    public LedgerRefusal Submit(ReadOnlyMemory<byte> transaction) => LedgerRefusal.NoLedger;

    /// <inheritdoc/>
    public UInt128 BalanceOf(NodeId account) => 0;

    /// <inheritdoc/>
    public ulong NonceOf(NodeId account) => 0;

    /// <inheritdoc/>
    public UInt128 StakeOf(NodeId node) => 0;

    /// <inheritdoc/>
    public bool MayTakeArrangement(NodeId node) => true;

    /// <inheritdoc/>
    public IReadOnlyList<NodeId>? Draw(int count, RandomSource random) => null;
}
