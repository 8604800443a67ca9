namespace NuCypher.P2P.Simulator;

/// <summary>An event's number exists already, or another process has opened the journal.</summary>
public sealed class DiskConflictException(string message) : Exception(message);
