using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy.Wire;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Policy.Mediation;

/// <summary>A node behind a NAT to a mediator: introduce callers to me, and tell me where you see me. Signed by the
/// node.</summary>
/// <param name="Node">The node's verifying key.</param>
/// <param name="Mediator">To whom it is addressed.</param>
/// <param name="Nonce">Another one each time.</param>
/// <param name="At">When, by the node's clock.</param>
/// <param name="Record">The node's own signed record for those who look for Ursulas; empty if it has none yet.</param>
public sealed record MediationRequest(
    VerifyingKey Node, NodeId Mediator, Nonce Nonce, DateTimeOffset At, ReadOnlyMemory<byte> Record)
    : IProtocolBody<MediationRequest>
{
    /// <inheritdoc/>
    public static ProtocolHeader Header { get; } = ProtocolHeader.Of("MdRq");

    /// <inheritdoc/>
    public static int MaxSize => 1_200;

    /// <inheritdoc/>
    public static MediationRequest? Read(ref FieldReader reader)
    {
        var node = reader.VerifyingKey();
        var (mediator, nonce, at) = (reader.NodeId(), reader.Nonce(), reader.Time());
        var record = reader.Prefixed(SignedRecord.MaxNodeRecordSize).ToArray();
        return node is null ? null : new(node, mediator, nonce, at, record);
    }

    /// <inheritdoc/>
    public void Write(FieldWriter writer) =>
        writer.Key(Node).NodeId(Mediator).Nonce(Nonce).Time(At).Prefixed(Record.Span);
}
