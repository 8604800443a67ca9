using NuCypher.P2P.Policy;

namespace NuCypher.P2P.Actors.Alice;

/// <summary>To Alice: give a grant another end. Answered with <see cref="GrantPublished"/> or <see cref="OrderNotDone"/>.</summary>
/// <param name="Hrac">Which grant.</param>
/// <param name="NotAfter">The new end.</param>
/// <param name="Deadline">The longest it may take; null: as configured.</param>
public sealed record RenewGrant(Hrac Hrac, DateTimeOffset NotAfter, TimeSpan? Deadline = null);
