using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Actors.Kademlia;

/// <summary>Find the newest valid record under a key; outcome <see cref="RecordFound"/>.</summary>
/// <param name="Key">Of the record.</param>
public sealed record FindRecord(NodeId Key) : DhtRequest;
