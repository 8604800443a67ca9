using System.Buffers.Binary;
using LiteNetLib;
using NuCypher.P2P.Actors.Links;
using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Actors.Network;

/// <summary>A connection of LiteNetLib, and what is counted of it.</summary>
/// <param name="address">Where the other end is.</param>
/// <param name="owner">Who connected; null if the other end did.</param>
internal sealed class CallPeer(NodeAddress address, IActorRef? owner) : ICallPeer
{
    /// <summary>Bytes of a call's number, which every message begins with.</summary>
    public const int NumberSize = sizeof(long);

    private int _unfinished;
    private int _openCalls;
    private int _looksSinceUse;

    /// <inheritdoc/>
    public NodeAddress Address => address;

    /// <summary>Who connected; null if the other end did.</summary>
    public IActorRef? Owner => owner;

    /// <summary>LiteNetLib's part of it; null until it is there.</summary>
    public LiteNetPeer? Peer { get; set; }

    /// <summary>Its place among the connections of others; null for an own one.</summary>
    public ConnectionSeat? Seat { get; set; }

    /// <inheritdoc/>
    public int OpenCalls => Volatile.Read(ref _openCalls);

    /// <summary>Looks whether nothing but pings went over it since the third look before.</summary>
    public bool LookWhetherIdle() => Interlocked.Increment(ref _looksSinceUse) > CallLimits.LooksWhileIdle;

    /// <summary>Counts what arrives until a message is whole; false if it is too much.</summary>
    public bool MayReceive(int bytes) => Interlocked.Add(ref _unfinished, bytes) <= CallLimits.UnfinishedSize;

    /// <summary>
    /// Notes that a message is whole: a call of the other end, or a reply; false for one too many.
    /// </summary>
    public bool MayDeliver()
    {
        Interlocked.Exchange(ref _unfinished, 0);
        Use();
        if (Owner is null)
            return Interlocked.Increment(ref _openCalls) <= 2 * CallLimits.OpenCalls || Undo();
        return Interlocked.Decrement(ref _openCalls) >= 0; // more replies than calls
    }

    /// <inheritdoc/>
    public bool Send(long callId, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > CallLimits.MessageSize - NumberSize || Peer is not { } peer
            || peer.ConnectionState != ConnectionState.Connected)
            return false;
        Interlocked.Add(ref _openCalls, Owner is null ? -1 : 1);
        Use();
        var message = new byte[NumberSize + bytes.Length];
        BinaryPrimitives.WriteInt64BigEndian(message, callId);
        bytes.CopyTo(message.AsSpan(NumberSize));
        peer.Send(message, DeliveryMethod.ReliableOrdered);
        peer.NetManager.TriggerUpdate();
        return true;
    }

    /// <inheritdoc/>
    public void Close() => Peer?.Disconnect();

    private void Use() => Interlocked.Exchange(ref _looksSinceUse, 0);

    private bool Undo()
    {
        Interlocked.Decrement(ref _openCalls);
        return false;
    }
}
