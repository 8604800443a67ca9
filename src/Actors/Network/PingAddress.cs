using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Actors.Network;

/// <summary>Asks whoever is at an address for its id; ends with <see cref="Pong"/>.</summary>
/// <param name="RequestId">Chosen by the sender.</param>
/// <param name="Address">The address.</param>
public sealed record PingAddress(long RequestId, NodeAddress Address) : KademliaRequest(RequestId);
