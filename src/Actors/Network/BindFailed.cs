using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Actors.Network;

/// <summary>The socket could not be opened.</summary>
/// <param name="Address">Where it was to be.</param>
/// <param name="Failure">Why.</param>
/// <param name="Message">The same for a person: what happened, and what to do.</param>
public sealed record BindFailed(NodeAddress Address, BindFailure Failure, string Message);
