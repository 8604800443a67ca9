namespace NuCypher.P2P.Simulator;

/// <summary>Something touched the actors of a deterministic loop from outside.</summary>
public sealed class DeterminismException(string message) : Exception(message);
