using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Actors.Kademlia;

/// <summary>Stop republishing a record; copies that are out there live until their end. Not answered.</summary>
/// <param name="Key">Of the record.</param>
public sealed record WithdrawRecord(NodeId Key);
