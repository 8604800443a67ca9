using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Actors.Network;

/// <summary>Stores a record now, and again until its life ends; ends with <see cref="Stored"/>.</summary>
/// <param name="RequestId">Chosen by the sender.</param>
/// <param name="Record">The record.</param>
public sealed record PublishRecord(long RequestId, VerifiedRecord Record) : KademliaRequest(RequestId);
