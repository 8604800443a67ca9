using NuCypher.P2P.Policy;

namespace NuCypher.P2P.Actors.Alice;

/// <summary>To Alice: end a grant now. Answered with <see cref="GrantRevocation"/> or <see cref="OrderNotDone"/>; may be repeated.</summary>
/// <param name="Hrac">Which grant.</param>
/// <param name="Deadline">The longest it may take; null: as configured.</param>
public sealed record RevokeGrant(Hrac Hrac, TimeSpan? Deadline = null);
