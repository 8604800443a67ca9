namespace NuCypher.P2P.ActorRuntime;

/// <summary>Options of a <see cref="BackoffSupervisor"/>, by what makes it restart its child.</summary>
public static class Backoff
{
    /// <summary>The child is started again when it has failed; when it stops by itself, so does the supervisor.</summary>
    /// <param name="childProps">How to make the child.</param>
    /// <param name="childName">Its name.</param>
    /// <param name="minBackoff">The time before the first restart; doubles with each.</param>
    /// <param name="maxBackoff">The longest time.</param>
    /// <param name="randomFactor">Jitter: 0.2 adds up to a fifth.</param>
    /// <param name="maxNrOfRetries">Restarts before the supervisor gives up and stops; negative: no limit.</param>
    public static BackoffOptions OnFailure(
        Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor, int maxNrOfRetries) =>
        new(childProps, childName, minBackoff, maxBackoff, randomFactor, maxNrOfRetries, RestartsOnStop: false);

    /// <summary>The child is started again whenever it has stopped or failed: for persistent actors, which stop when a write fails.</summary>
    /// <param name="childProps">How to make the child.</param>
    /// <param name="childName">Its name.</param>
    /// <param name="minBackoff">The time before the first restart; doubles with each.</param>
    /// <param name="maxBackoff">The longest time.</param>
    /// <param name="randomFactor">Jitter: 0.2 adds up to a fifth.</param>
    /// <param name="maxNrOfRetries">Restarts before the supervisor gives up and stops; negative: no limit.</param>
    public static BackoffOptions OnStop(
        Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor, int maxNrOfRetries) =>
        new(childProps, childName, minBackoff, maxBackoff, randomFactor, maxNrOfRetries, RestartsOnStop: true);
}
