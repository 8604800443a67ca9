namespace NuCypher.P2P.Policy;

/// <summary>What the wall clock shows, and a time that nobody can set.</summary>
/// <param name="Clock">Promises to others are about it; it may be wrong, and be set.</param>
/// <param name="Monotonic">Since some beginning; runs evenly while the process does.</param>
public readonly record struct Moment(DateTimeOffset Clock, TimeSpan Monotonic);
