using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Actors.Network;

/// <summary>The socket is open.</summary>
/// <param name="Address">Where, with the port that the system chose.</param>
public sealed record Bound(NodeAddress Address);
