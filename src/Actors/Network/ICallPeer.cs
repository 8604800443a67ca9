using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Actors.Network;

/// <summary>The other end of a connection over UDP; for any thread, never throws.</summary>
public interface ICallPeer
{
    /// <summary>Where it is.</summary>
    NodeAddress Address { get; }

    /// <summary>Calls over it that were not answered yet.</summary>
    int OpenCalls { get; }

    /// <summary>Sends a call, or the reply to one, in order and repeated until it arrives.</summary>
    /// <returns>False if it is too long, or the connection is closed.</returns>
    bool Send(long callId, ReadOnlySpan<byte> bytes);

    /// <summary>Closes the connection.</summary>
    void Close();
}
