using NuCypher.P2P.Policy.Bob;

namespace NuCypher.P2P.Actors.Bob;

/// <summary>From Bob: the Ursulas of the map did not re-encrypt.</summary>
/// <param name="Failed">Why, and what came of each.</param>
public sealed record NotRetrieved(RetrievalFailed Failed);
