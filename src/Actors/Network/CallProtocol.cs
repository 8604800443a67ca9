using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Actors.Network;

/// <summary>
/// To a <see cref="UdpTransportActor"/>: from now on the sender gets control datagrams and calls; answered with
/// <see cref="CallsOpen"/>.
/// </summary>
public sealed record ListenForCalls;

/// <summary>From a transport: control datagrams and connections go over this.</summary>
/// <param name="Path">For any thread.</param>
public sealed record CallsOpen(ICallPath Path);

/// <summary>From a transport: a control datagram arrived.</summary>
/// <param name="From">Whom it says it is from; easily forged.</param>
/// <param name="Bytes">All of it but the byte that says what it is.</param>
public sealed record ControlReceived(NodeAddress From, ReadOnlyMemory<byte> Bytes);

/// <summary>From a transport: somebody who was let in calls.</summary>
/// <param name="Peer">Takes the reply.</param>
/// <param name="CallId">The caller's number; the reply repeats it.</param>
/// <param name="Bytes">What he sent.</param>
public sealed record CallReceived(ICallPeer Peer, long CallId, ReadOnlyMemory<byte> Bytes);

/// <summary>From a transport to who connected: the other side let us in.</summary>
/// <param name="Peer">Takes calls.</param>
public sealed record PeerOpened(ICallPeer Peer);

/// <summary>From a transport to who connected: the connection is over, or nobody let us in.</summary>
/// <param name="Peer">Takes nothing any more.</param>
public sealed record PeerClosed(ICallPeer Peer);

/// <summary>From a transport to who connected: a reply.</summary>
/// <param name="Peer">From whom.</param>
/// <param name="CallId">Of the call.</param>
/// <param name="Bytes">What came.</param>
public sealed record ReplyReceived(ICallPeer Peer, long CallId, ReadOnlyMemory<byte> Bytes);
