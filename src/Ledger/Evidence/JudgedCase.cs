using NuCypher.P2P.Dht;
using NuCypher.P2P.Ledger.Merkle;
using NuCypher.P2P.Ledger.Wire;
using NuCypher.P2P.Policy.Wire;

namespace NuCypher.P2P.Ledger.Evidence;

/// <summary>A conviction, kept so that none is punished twice.</summary>
/// <param name="Node">Who was convicted.</param>
/// <param name="Kind">Of what.</param>
/// <param name="Slashed">What it cost her.</param>
public sealed record JudgedCase(NodeId Node, EvidenceKind Kind, UInt128 Slashed) : IMerkleValue
{
    /// <inheritdoc/>
    public void Write(FieldWriter writer) => writer.NodeId(Node).Byte((byte)Kind).Amount(Slashed);
}
