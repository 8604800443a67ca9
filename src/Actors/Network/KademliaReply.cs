using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Actors.Network;

/// <summary>What came of a <see cref="KademliaRequest"/>.</summary>
/// <param name="RequestId">The request's.</param>
/// <param name="Outcome">The outcome named at the request, or <see cref="OperationFailed"/>.</param>
public sealed record KademliaReply(long RequestId, DhtOutcome Outcome);
