namespace NuCypher.P2P.Actors.Ursula;

/// <summary>From Ursula to one of her policies: your time may be over.</summary>
/// <param name="Number">Counts what she sends to this actor, from 1.</param>
/// <param name="Reached">A time that has come, also if the clock was set back since.</param>
internal sealed record EndPolicy(long Number, DateTimeOffset Reached);
