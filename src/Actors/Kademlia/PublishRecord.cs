using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Actors.Kademlia;

/// <summary>Store a record at the nodes nearest to its key, and again until its life ends; outcome <see cref="Stored"/>.</summary>
/// <param name="Record">Takes the place of an earlier one with the same key.</param>
public sealed record PublishRecord(VerifiedRecord Record) : DhtRequest;
