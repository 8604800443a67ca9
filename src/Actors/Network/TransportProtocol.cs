using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Actors.Network;

/// <summary>
/// To a <see cref="UdpTransportActor"/>: open a socket there. The sender gets <see cref="Bound"/> or
/// <see cref="BindFailed"/>.
/// </summary>
/// <param name="Address">A local address; port 0 lets the system choose; <c>[::]</c> takes IPv4 too.</param>
public sealed record Bind(NodeAddress Address);

/// <summary>
/// To a transport: from now on the sender of this message gets what arrives, in the place of whoever got it before.
/// </summary>
public sealed record Listen;

/// <summary>From a transport to its listener, if it can send without being told: from now on send over this.</summary>
/// <param name="Path">For the listener alone.</param>
public sealed record Listening(IDatagramPath Path);

/// <summary>To a transport: send this. Nobody hears whether it arrived.</summary>
/// <param name="To">Where to.</param>
/// <param name="Bytes">The whole datagram.</param>
public sealed record SendDatagram(NodeAddress To, ReadOnlyMemory<byte> Bytes);

/// <summary>To a <see cref="UdpTransportActor"/>: tell <see cref="TransportCounters"/> to the sender.</summary>
public sealed record GetTransportCounters;

/// <summary>The socket is open.</summary>
/// <param name="Address">Where, with the port that the system chose.</param>
public sealed record Bound(NodeAddress Address);

/// <summary>The socket could not be opened.</summary>
/// <param name="Address">Where it was to be.</param>
/// <param name="Failure">Why.</param>
/// <param name="Message">The same for a person: what happened, and what to do.</param>
public sealed record BindFailed(NodeAddress Address, BindFailure Failure, string Message);

/// <summary>Why a socket could not be opened.</summary>
public enum BindFailure
{
    /// <summary>Another socket has the port.</summary>
    PortBusy,

    /// <summary>This machine has no such address.</summary>
    NoSuchAddress,

    /// <summary>The system does not allow it; ports below 1024 often need rights.</summary>
    NotAllowed,

    /// <summary>This transport is open already.</summary>
    AlreadyBound,

    /// <summary>Something else; the message says what.</summary>
    Other,
}

/// <summary>From a transport to its listener: this arrived.</summary>
/// <param name="From">Whom the datagram says it is from; easily forged.</param>
/// <param name="Bytes">The listener's own copy, of a datagram longer than 1,432 bytes only so many.</param>
public sealed record DatagramReceived(NodeAddress From, ReadOnlyMemory<byte> Bytes);

/// <summary>What a transport counted since it was bound.</summary>
/// <param name="Sent">Datagrams given to the system.</param>
/// <param name="SendFailures">Datagrams that the system refused, or that came before the socket was open.</param>
/// <param name="Received">Datagrams passed on to the listener.</param>
/// <param name="Cut">Datagrams of those that were, most likely, longer than what is read of one: 1,432 bytes.</param>
/// <param name="Unheard">Datagrams dropped because nobody listened.</param>
/// <param name="Foreign">Datagrams dropped because they were not rpcudp's.</param>
/// <param name="ReceiveFailures">Errors of the socket while it waited for datagrams.</param>
public sealed record TransportCounters(
    long Sent, long SendFailures, long Received, long Cut, long Unheard, long Foreign, long ReceiveFailures);
