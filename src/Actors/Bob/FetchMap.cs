using NuCypher.P2P.Policy;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Actors.Bob;

/// <summary>To Bob: fetch and open a treasure map. Answered with <see cref="MapFetched"/> or <see cref="MapNotFetched"/>.</summary>
/// <param name="Alice">Who made it.</param>
/// <param name="Label">Under which she shares.</param>
public sealed record FetchMap(VerifyingKey Alice, PolicyLabel Label);
