namespace NuCypher.P2P.ActorRuntime.Hosting;

/// <summary>Something touched the actors of a deterministic dispatcher from outside of its loop.</summary>
public sealed class DeterminismException(string message) : Exception(message);
