namespace NuCypher.P2P.ActorRuntime.Hosting;

/// <summary>Events are missing in the middle of a history; the actor does not serve on a part of it.</summary>
public sealed class JournalGapException(string message) : Exception(message);
