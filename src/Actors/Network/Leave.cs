using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Actors.Network;

/// <summary>Leaves the network: nothing is sent or answered any more until the next <see cref="Join"/>; ends with <see cref="Left"/>.</summary>
/// <param name="RequestId">Chosen by the sender.</param>
public sealed record Leave(long RequestId) : KademliaRequest(RequestId);
