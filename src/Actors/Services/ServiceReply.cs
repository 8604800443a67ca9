namespace NuCypher.P2P.Actors.Services;

/// <summary>From Ursula to the front door, for the one who asked.</summary>
/// <param name="Status">Selects the HTTP status.</param>
/// <param name="Body">A signed protocol object, or empty.</param>
public sealed record ServiceReply(ServiceStatus Status, ReadOnlyMemory<byte> Body);
