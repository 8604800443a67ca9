using NuCypher.P2P.Policy;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Actors.Bob;

/// <summary>
/// To Bob: have these capsules re-encrypted. Answered with <see cref="Retrieved"/>, <see cref="NotRetrieved"/> or
/// <see cref="MapNotFetched"/>; progress comes before.
/// </summary>
/// <param name="Alice">Who granted.</param>
/// <param name="Label">Under which she shares.</param>
/// <param name="Capsules">1 to 16.</param>
/// <param name="Deadline">The longest it may take, the map's fetching not counted; null: as configured.</param>
public sealed record Retrieve(
    VerifyingKey Alice, PolicyLabel Label, IReadOnlyList<Capsule> Capsules, TimeSpan? Deadline = null);
