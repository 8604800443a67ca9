namespace NuCypher.P2P.Actors.Ursula;

/// <summary>To Ursula: how many policies do you hold? Answered with <see cref="UrsulaState"/>.</summary>
public sealed record GetUrsulaState;
