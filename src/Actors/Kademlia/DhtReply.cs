using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Actors.Kademlia;

/// <summary>What came of a <see cref="DhtRequest"/>.</summary>
/// <param name="Request">The request.</param>
/// <param name="Outcome">The request's outcome, or <see cref="OperationFailed"/>.</param>
public sealed record DhtReply(DhtRequest Request, DhtOutcome Outcome);
