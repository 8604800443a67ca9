using NuCypher.P2P.Policy.Records;

namespace NuCypher.P2P.Actors.Bob;

/// <summary>From Bob: a treasure map, opened.</summary>
/// <param name="Map">Signed by Alice, inside and outside.</param>
public sealed record MapFetched(TreasureMap Map);
