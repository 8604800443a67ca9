namespace NuCypher.P2P.Policy.Sessions;

/// <summary>Wake the session at this time; an earlier wish stays good.</summary>
/// <param name="Time">When.</param>
public sealed record WakeAt(DateTimeOffset Time) : SessionEffect;
