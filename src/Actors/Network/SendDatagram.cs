using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Actors.Network;

/// <summary>To a transport: send this. Nobody hears whether it arrived.</summary>
/// <param name="To">Where to.</param>
/// <param name="Bytes">The whole datagram.</param>
public sealed record SendDatagram(NodeAddress To, ReadOnlyMemory<byte> Bytes);
