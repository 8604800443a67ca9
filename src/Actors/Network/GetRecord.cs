using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Actors.Network;

/// <summary>Finds the newest signed record under a key; ends with <see cref="RecordFound"/>.</summary>
/// <param name="RequestId">Chosen by the sender.</param>
/// <param name="Key">The record's key.</param>
/// <param name="Quorum">Valid answers to wait for; the node's option if not given.</param>
public sealed record GetRecord(long RequestId, NodeId Key, int? Quorum = null) : KademliaRequest(RequestId);
