using NuCypher.P2P.Policy.Ursula;

namespace NuCypher.P2P.Actors.Ursula;

/// <summary>From Ursula to one of her policies; the answer goes to the sender.</summary>
/// <param name="Request">About this policy.</param>
/// <param name="PoliciesHeld">How many policies she holds besides this one.</param>
/// <param name="Number">Counts what she sends to this actor, from 1.</param>
internal sealed record AskPolicy(UrsulaRequest Request, int PoliciesHeld, long Number);
