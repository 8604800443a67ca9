namespace NuCypher.P2P.Actors.Ursula;

/// <summary>From Ursula to one of her policies: your time may be over.</summary>
internal sealed record EndPolicy;
