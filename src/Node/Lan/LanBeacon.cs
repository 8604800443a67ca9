using System.Net;
using System.Net.Sockets;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Node.Configuration;

namespace NuCypher.P2P.Node.Lan;

/// <summary>Answers who asks on the local network for a swarm, until it is disposed.</summary>
internal sealed class LanBeacon : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly NodeAddress _udp;
    private readonly int _answersPerSecond;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _loop;
    private long _second;
    private int _answers;

    private LanBeacon(NodeAddress udp, LanOptions options)
    {
        (_udp, _answersPerSecond) = (udp, options.AnswersPerSecond);
        _socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true); // one a node
        _socket.Bind(new IPEndPoint(IPAddress.Any, options.Port));
        foreach (var own in LanInterfaces.Addresses())
            _socket.SetSocketOption(
                SocketOptionLevel.IP, SocketOptionName.AddMembership, new MulticastOption(LanMessage.Group, own));
        _loop = AnswerAsync(_end.Token);
    }

    /// <summary>Starts to answer; null, and a word in the log, if the machine doesn't let it.</summary>
    /// <param name="udp">Where the node speaks Kademlia.</param>
    /// <param name="options">Port and rate.</param>
    /// <param name="log">Hears why not.</param>
    public static LanBeacon? Start(NodeAddress udp, LanOptions options, ILogger log)
    {
        try
        {
            return new LanBeacon(udp, options);
        }
        catch (SocketException e)
        {
            log.LogWarning("nobody on the local network will find this node: {Why}", e.Message);
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _end.Cancel();
        _socket.Dispose();
        _loop.GetAwaiter().GetResult(); // it ends with the socket
        _end.Dispose();
    }

    private async Task AnswerAsync(CancellationToken end)
    {
        var bytes = new byte[LanMessage.Size + 1];
        while (!end.IsCancellationRequested)
        {
            try
            {
                var received = await _socket.ReceiveFromAsync(bytes, new IPEndPoint(IPAddress.Any, 0), end);
                if (LanMessage.TryReadQuestion(bytes.AsSpan(0, received.ReceivedBytes), out var nonce) && MayAnswer())
                    await _socket.SendToAsync(LanMessage.Answer(nonce, _udp), received.RemoteEndPoint, end);
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException)
            {
                continue; // a datagram that is too long, or an asker who is gone
            }
        }
    }

    private bool MayAnswer()
    {
        var second = Environment.TickCount64 / 1_000;
        (_second, _answers) = (second, second == _second ? _answers + 1 : 1);
        return _answers <= _answersPerSecond;
    }
}
