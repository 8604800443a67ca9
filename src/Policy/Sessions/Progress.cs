namespace NuCypher.P2P.Policy.Sessions;

/// <summary>Something came of asking an Ursula.</summary>
/// <param name="Outcome">What.</param>
public sealed record Progress(UrsulaOutcome Outcome) : SessionEffect;
