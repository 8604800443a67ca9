using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Actors.Network;

/// <summary>To a <see cref="UdpTransportActor"/>: open a socket there. The sender gets <see cref="Bound"/> or <see cref="BindFailed"/>.</summary>
/// <param name="Address">A local address; port 0 lets the system choose; <c>[::]</c> takes IPv4 too.</param>
public sealed record Bind(NodeAddress Address);
