using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy.Wire;

namespace NuCypher.P2P.Policy.Messages;

/// <summary>Ursula to Alice: what you ordered is done. Signed by Ursula; Alice keeps it.</summary>
/// <param name="Kind">What was done.</param>
/// <param name="Order">The hash of the order, signature included.</param>
/// <param name="Policy">Which policy.</param>
/// <param name="Ursula">Who did it.</param>
/// <param name="At">When, by her clock.</param>
public sealed record PolicyReceipt(
    PolicyReceiptKind Kind, Digest Order, PolicyId Policy, NodeId Ursula, DateTimeOffset At)
    : IProtocolBody<PolicyReceipt>, IUrsulaAnswer
{
    Digest IUrsulaAnswer.Request => Order;

    /// <inheritdoc/>
    public static ProtocolHeader Header { get; } = ProtocolHeader.Of("PoRc");

    /// <inheritdoc/>
    public static PolicyReceipt? Read(ref FieldReader reader)
    {
        var kind = (PolicyReceiptKind)reader.Byte();
        var receipt = new PolicyReceipt(
            kind, reader.Digest(), new PolicyId(reader.Digest()), reader.NodeId(), reader.Time());
        return Enum.IsDefined(kind) ? receipt : null;
    }

    /// <inheritdoc/>
    public void Write(FieldWriter writer) =>
        writer.Byte((byte)Kind).Digest(Order).Digest(Policy.Value).NodeId(Ursula).Time(At);
}
