namespace NuCypher.P2P.Actors.Sessions;

/// <summary>To a session actor from itself: the time that the core wished for has come.</summary>
/// <param name="Time">The wish.</param>
internal sealed record SessionWoken(DateTimeOffset Time)
{
    /// <summary>
    /// What to tell the core: timers are monotonic, and a clock that was set back meanwhile must not make it wait
    /// again.
    /// </summary>
    public DateTimeOffset Reached(DateTimeOffset now) => now > Time ? now : Time;
}
