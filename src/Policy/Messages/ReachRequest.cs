using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy.Wire;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Policy.Messages;

/// <summary>A node to an Ursula: call me back at the address that this came from, and say whether it was I who
/// answered. Signed by the node.</summary>
/// <param name="Node">The node's verifying key; signs the request.</param>
/// <param name="Ursula">To whom it is addressed.</param>
/// <param name="Nonce">Another one each time.</param>
/// <param name="Port">TCP port of the node's service.</param>
/// <param name="CertificatePin">SHA-256 of the certificate that it shows.</param>
public sealed record ReachRequest(VerifyingKey Node, NodeId Ursula, Nonce Nonce, ushort Port, Digest CertificatePin)
    : IProtocolBody<ReachRequest>
{
    /// <inheritdoc/>
    public static ProtocolHeader Header { get; } = ProtocolHeader.Of("RcRq");

    /// <inheritdoc/>
    public static ReachRequest? Read(ref FieldReader reader)
    {
        var node = reader.VerifyingKey();
        var (ursula, nonce, port, pin) = (reader.NodeId(), reader.Nonce(), reader.TwoByteNumber(), reader.Digest());
        return node is null || port == 0 ? null : new(node, ursula, nonce, port, pin);
    }

    /// <inheritdoc/>
    public void Write(FieldWriter writer) =>
        writer.Key(Node).NodeId(Ursula).Nonce(Nonce).TwoByteNumber(Port).Digest(CertificatePin);
}
