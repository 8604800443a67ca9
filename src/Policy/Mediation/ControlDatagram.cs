using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Policy.Mediation;

/// <summary>A datagram of mediation to be sent.</summary>
/// <param name="To">Where to.</param>
/// <param name="Bytes">A signed protocol object.</param>
public sealed record ControlDatagram(NodeAddress To, ReadOnlyMemory<byte> Bytes);
