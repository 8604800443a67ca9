using NuCypher.P2P.Policy.Alice;

namespace NuCypher.P2P.Actors.Alice;

/// <summary>From Alice: everything that she granted and has not forgotten.</summary>
/// <param name="Grants">Ordered by label.</param>
public sealed record GrantsListed(IReadOnlyList<Grant> Grants);
