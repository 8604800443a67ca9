using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Actors.Network;

/// <summary>A transport's way out for one listener, without a message for each datagram.</summary>
public interface IDatagramPath
{
    /// <summary>Sends a datagram; not from two threads at once. Never throws; what can't be sent is counted.</summary>
    /// <param name="to">Where to.</param>
    /// <param name="datagram">The whole datagram.</param>
    void Send(NodeAddress to, ReadOnlySpan<byte> datagram);
}
