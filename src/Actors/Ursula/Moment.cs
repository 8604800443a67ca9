namespace NuCypher.P2P.Actors.Ursula;

/// <summary>What the clock shows, and a time that nobody can set.</summary>
/// <param name="Clock">Policies end by it.</param>
/// <param name="Monotonic">Since some beginning: what a policy had left is measured by it, in case the clock is set back.</param>
internal readonly record struct Moment(DateTimeOffset Clock, TimeSpan Monotonic);
