namespace NuCypher.P2P.Actors.Bob;

/// <summary>From Bob: there is no map that he can use.</summary>
/// <param name="Reason">Why.</param>
public sealed record MapNotFetched(MapRefusal Reason);
