using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using NuCypher.P2P.Actors;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Node.Configuration;
using NuCypher.P2P.Policy;

namespace NuCypher.P2P.Node.Lan;

/// <summary>Asks on every local network of this machine who is in a swarm there.</summary>
internal static class LanSearch
{
    private static readonly TimeSpan MoreTime = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// Where nodes answered; none after <see cref="LanOptions.SearchTime"/>. Anybody on the network can answer.
    /// </summary>
    public static IReadOnlyList<NodeAddress> Find(LanOptions options)
    {
        var nonce = Nonce.Random(new OperatingSystemRandom());
        var sockets = LanInterfaces.Addresses().Select(address => Ask(address, nonce,
            options)).OfType<Socket>().ToList();
        try
        {
            return sockets.Count == 0 ? [] : Collect(sockets, nonce, options);
        }
        finally
        {
            sockets.ForEach(socket => socket.Dispose());
        }
    }

    private static Socket? Ask(IPAddress own, Nonce nonce, LanOptions options)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            socket.Bind(new IPEndPoint(own, 0));
            socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastInterface, own.GetAddressBytes());
            socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastTimeToLive, 1);
            socket.SendTo(LanMessage.Question(nonce), new IPEndPoint(LanMessage.Group, options.Port));
            return socket;
        }
        catch (SocketException)
        {
            socket.Dispose(); // an interface that takes no multicast after all finds nobody
            return null;
        }
    }

    private static List<NodeAddress> Collect(List<Socket> sockets, Nonce nonce, LanOptions options)
    {
        List<NodeAddress> found = [];
        var (began, limit) = (Stopwatch.GetTimestamp(), options.SearchTime);
        while (found.Count < options.MaxFound && limit - Stopwatch.GetElapsedTime(began) is { Ticks: > 0 } left)
        {
            var readable = sockets.ToList();
            Socket.Select(readable, null, null, left);
            foreach (var socket in readable)
            {
                if (Receive(socket, nonce) is not { } node || found.Contains(node))
                    continue;
                found.Add(node);
                var soon = Stopwatch.GetElapsedTime(began) + MoreTime;
                limit = soon < limit ? soon : limit;
            }
        }
        return found;
    }

    private static NodeAddress? Receive(Socket socket, Nonce nonce)
    {
        var bytes = new byte[LanMessage.Size + 1]; // a longer datagram is none of ours
        EndPoint from = new IPEndPoint(IPAddress.Any, 0);
        try
        {
            var length = socket.ReceiveFrom(bytes, ref from);
            return LanMessage.TryReadAnswer(bytes.AsSpan(0, length), nonce, ((IPEndPoint)from).Address, out var udp)
                ? udp
                : null;
        }
        catch (SocketException)
        {
            return null; // longer than the buffer, or an echo of the network's
        }
    }
}
