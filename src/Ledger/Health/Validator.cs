using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy;

namespace NuCypher.P2P.Ledger.Health;

/// <summary>Who checks in a round.</summary>
/// <param name="Node">Its id.</param>
/// <param name="Stake">What its votes weigh.</param>
public sealed record Validator(NodeId Node, UInt128 Stake)
{
    /// <summary>The commitment to its secret; null before, and after a wrong secret.</summary>
    public Digest? Commitment { get; init; }

    /// <summary>The secret; empty before.</summary>
    public byte[] Secret { get; init; } = [];
}
