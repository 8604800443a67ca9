using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Actors.Network;

/// <summary>From a transport to its listener: this arrived.</summary>
/// <param name="From">Whom the datagram says it is from; easily forged.</param>
/// <param name="Bytes">The whole datagram, the listener's own copy.</param>
public sealed record DatagramReceived(NodeAddress From, ReadOnlyMemory<byte> Bytes);
