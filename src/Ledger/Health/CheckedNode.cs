using NuCypher.P2P.Dht;
using NuCypher.P2P.Ledger.Merkle;
using NuCypher.P2P.Policy.Wire;

namespace NuCypher.P2P.Ledger.Health;

/// <summary>Whose turn it was in this cycle.</summary>
/// <param name="Node">Its id.</param>
public sealed record CheckedNode(NodeId Node) : IMerkleValue
{
    /// <inheritdoc/>
    public void Write(FieldWriter writer) => writer.NodeId(Node);
}
