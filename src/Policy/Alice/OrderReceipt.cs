using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Policy.Alice;

/// <summary>An Ursula's signed receipt for an order.</summary>
/// <param name="Ursula">Her node id.</param>
/// <param name="Bytes">The signed <see cref="Messages.PolicyReceipt"/>, checked when it came.</param>
public sealed record OrderReceipt(NodeId Ursula, ReadOnlyMemory<byte> Bytes);
