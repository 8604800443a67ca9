namespace NuCypher.P2P.Dht;

/// <summary>Sends a datagram.</summary>
/// <param name="To">Where to.</param>
/// <param name="Datagram">The whole datagram.</param>
public sealed record Send(NodeAddress To, ReadOnlyMemory<byte> Datagram) : DhtEffect;
