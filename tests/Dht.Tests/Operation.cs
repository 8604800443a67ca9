namespace NuCypher.P2P.Dht.Tests;

/// <summary>Starts something at a node.</summary>
internal delegate IReadOnlyList<DhtEffect> Operation(KademliaNode node, DateTimeOffset now, OperationId id);
