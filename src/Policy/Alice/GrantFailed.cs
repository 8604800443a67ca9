using NuCypher.P2P.Policy.Sessions;

namespace NuCypher.P2P.Policy.Alice;

/// <summary>The grant was not made; kfrags that were deposited already are being revoked.</summary>
/// <param name="Hrac">Of what was not granted.</param>
/// <param name="Version">The highest version that was used: what is in Alice's books of it is to be revoked.</param>
/// <param name="Failure">Why.</param>
/// <param name="Deposited">How many kfrags were deposited.</param>
/// <param name="Outcomes">What came of every Ursula asked, in the order of their answers.</param>
public sealed record GrantFailed(
    Hrac Hrac, PolicyVersion Version, GrantFailure Failure, int Deposited,
    IReadOnlyList<UrsulaOutcome> Outcomes) : SessionEffect;
