namespace NuCypher.P2P.Dht;

/// <summary>A value was stored at enough nodes.</summary>
/// <param name="Acknowledged">How many nodes said that they keep it.</param>
/// <param name="Asked">How many nodes were asked: the k nearest that were found.</param>
public sealed record Stored(int Acknowledged, int Asked) : DhtOutcome;
