namespace NuCypher.P2P.Actors.Ursula;

/// <summary>From Ursula to one of her policies: your time may be over.</summary>
/// <param name="Number">Counts what she sends to this actor, from 1.</param>
internal sealed record EndPolicy(long Number);
