namespace NuCypher.P2P.Actors.Services;

/// <summary>From a node's front door to its Ursula: bytes that somebody posted; the reply is a <see cref="ServiceReply"/>.</summary>
/// <param name="Kind">The path on which they came.</param>
/// <param name="Body">At most the path's limit, otherwise unchecked.</param>
public sealed record ServiceRequest(ServiceKind Kind, ReadOnlyMemory<byte> Body);
