namespace NuCypher.P2P.ActorRuntime.Hosting;

/// <summary>An event's number exists already: another writer uses the same persistence id.</summary>
public sealed class JournalConflictException(string message) : Exception(message);
