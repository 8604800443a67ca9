using System.Net;
using System.Net.Sockets;

namespace NuCypher.P2P.Actors.Network;

/// <summary>The thread that takes datagrams off a socket until it is closed.</summary>
internal sealed class UdpReceiver
{
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromMilliseconds(10);

    private readonly Socket _socket;
    private readonly int _maxDatagramSize;
    private readonly Thread _thread;
    private volatile IActorRef? _listener;
    private long _received;
    private long _oversized;
    private long _unheard;
    private long _failures;

    public UdpReceiver(Socket socket, int maxDatagramSize, IActorRef? listener)
    {
        (_socket, _maxDatagramSize, _listener) = (socket, maxDatagramSize, listener);
        _thread = new Thread(Run) { IsBackground = true, Name = $"udp {socket.LocalEndPoint}" };
        _thread.Start();
    }

    public IActorRef? Listener
    {
        set => _listener = value;
    }

    public long Received => Interlocked.Read(ref _received);

    public long Oversized => Interlocked.Read(ref _oversized);

    public long Unheard => Interlocked.Read(ref _unheard);

    public long Failures => Interlocked.Read(ref _failures);

    private bool IsClosed => _socket.SafeHandle.IsClosed;

    /// <summary>Waits until the thread has ended; the socket must be closed.</summary>
    public bool Join(TimeSpan limit) => _thread.Join(limit);

    private void Run()
    {
        var buffer = new byte[ushort.MaxValue];
        var from = new SocketAddress(_socket.AddressFamily);
        while (TryReceive(buffer, from, out var length))
            PassOn(buffer.AsSpan(0, length), from);
    }

    /// <summary>Waits for a datagram; an error of one (an ICMP message on some systems) is a datagram without bytes.</summary>
    private bool TryReceive(byte[] buffer, SocketAddress from, out int length)
    {
        length = 0;
        try
        {
            from.Size = SocketAddress.GetMaximumAddressSize(_socket.AddressFamily);
            length = _socket.ReceiveFrom(buffer, SocketFlags.None, from);
            return true;
        }
        catch (SocketException) when (!IsClosed)
        {
            Interlocked.Increment(ref _failures);
            Thread.Sleep(PauseAfterFailure); // so that an error that stays does not burn a core
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    }

    private void PassOn(ReadOnlySpan<byte> datagram, SocketAddress from)
    {
        if (datagram.IsEmpty)
            return;
        if (datagram.Length > _maxDatagramSize)
        {
            Interlocked.Increment(ref _oversized);
        }
        else if (_listener is { } listener)
        {
            Interlocked.Increment(ref _received);
            listener.Tell(new DatagramReceived(SocketAddresses.Read(from), datagram.ToArray()), ActorRefs.NoSender);
        }
        else
        {
            Interlocked.Increment(ref _unheard);
        }
    }
}
