using NuCypher.P2P.Policy.Sessions;

namespace NuCypher.P2P.Policy.Alice;

/// <summary>
/// Kfrags are about to be sent: persist the grant, unfinished as it is, then call
/// <see cref="GrantSession.Remembered"/>. Not one leaves before.
/// </summary>
/// <param name="Grant">With everybody who was sent a kfrag or is about to be.</param>
public sealed record DepositsPlanned(Grant Grant) : SessionEffect;
