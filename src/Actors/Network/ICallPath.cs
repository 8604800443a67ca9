using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Actors.Network;

/// <summary>A transport's way out for control datagrams and connections; for any thread, never throws.</summary>
public interface ICallPath
{
    /// <summary>
    /// Decides, on the thread that receives, whether a token opens a connection from an address; not called from two
    /// threads at once. Nobody is let in while there is none.
    /// </summary>
    Func<NodeAddress, ReadOnlyMemory<byte>, bool>? Admits { set; }

    /// <summary>Sends a control datagram.</summary>
    void SendControl(NodeAddress to, ReadOnlySpan<byte> bytes);

    /// <summary>
    /// Begins to connect; <paramref name="owner"/> hears <see cref="PeerOpened"/>, <see cref="ReplyReceived"/> and, at
    /// the end or after some seconds without an answer, <see cref="PeerClosed"/>.
    /// </summary>
    /// <returns>Null if a connection with this address is open or under way already, or nothing can be sent
    /// there.</returns>
    ICallPeer? Connect(NodeAddress to, ReadOnlySpan<byte> token, IActorRef owner);

    /// <summary>
    /// Closes the connections of others over which nothing but pings went since the third such look before.
    /// </summary>
    void CloseIdle();
}
