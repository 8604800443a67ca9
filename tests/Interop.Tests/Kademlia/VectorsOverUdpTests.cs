using System.Net;
using System.Net.Sockets;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Dht.Tests.Vectors;

namespace NuCypher.P2P.Interop.Tests.Kademlia;

/// <summary>A swarm of C# nodes is sent every datagram of the vectors over a real socket.</summary>
public sealed class VectorsOverUdpTests : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly ActorSystem _system = ActorSystem.Create("vectors");
    private readonly UdpClient _socket = new(new IPEndPoint(IPAddress.Loopback, 0));
    private IPEndPoint _target = new(IPAddress.Loopback, 0);

    public async ValueTask InitializeAsync()
    {
        var options = new KademliaOptions { AcceptPlain = true, MaxPlainValueSize = 8192 };
        var nodes = await SwarmNode.StartSwarmAsync(_system, 4, options, RpcudpVectors.PeerAt(19201));
        _target = nodes[0].Address.ToIPEndPoint();
    }

    public async ValueTask DisposeAsync()
    {
        await _system.Terminate();
        _socket.Dispose();
    }

    [Fact]
    public async Task Send_EverySniffedRequestToPeerA_IsAnsweredAsByThePythonPeer()
    {
        var replies = RpcudpVectors.Sniffed.Where(d => !d.IsRequest).ToDictionary(
            d => Convert.ToHexString(d.Bytes.AsSpan(1, 20)));

        foreach (var request in RpcudpVectors.Sniffed.Where(d => d is { IsRequest: true, ToPort: 19201 }))
        {
            var reply = await AskAsync(request.Bytes);

            Assert.True(reply is not null, request.Scene);
            var expected = replies[Convert.ToHexString(request.Bytes.AsSpan(1, 20))].Bytes;
            if (!IsList(expected) && request.Scene is not (
                "stun" or "store-largest-bytes" or "find_value-hit-large" or "join-third" or "server-get-hit"))
                Assert.Equal(Convert.ToHexString(expected), Convert.ToHexString(reply));
        }
    }

    [Fact]
    public async Task Send_EveryOddDatagram_IsAnsweredOrNotAsSpecified()
    {
        foreach (var odd in RpcudpVectors.Odd)
        {
            var reply = await AskAsync(odd.Request);

            Assert.True(
                reply is null == (odd.Reply is null || OddDifferences.Unanswered.ContainsKey(odd.Case)), odd.Case);
            var same = reply is null || IsList(odd.Reply!) || OddDifferences.OtherResult.ContainsKey(odd.Case)
                || odd.Case.StartsWith("find_value of float32", StringComparison.Ordinal);
            Assert.True(same || reply.AsSpan().SequenceEqual(odd.Reply), odd.Case);
        }
    }

    private static bool IsList(byte[] reply) => reply[21] is (>= 0x90 and < 0xA0) or 0xDC;

    /// <summary>
    /// Sends a datagram and after it a ping: what is not answered before the ping's answer is not answered at all.
    /// </summary>
    private async Task<byte[]?> AskAsync(byte[] datagram)
    {
        var sentinel = RpcudpVectors.Odd[0].Request.ToArray();
        Random.Shared.NextBytes(sentinel.AsSpan(1, 20));
        await _socket.SendAsync(datagram, _target);
        await _socket.SendAsync(sentinel, _target);
        for (byte[]? reply = null; ;)
        {
            var received = (await _socket.ReceiveAsync().WaitAsync(Limit)).Buffer;
            if (received[0] == 1 && received.AsSpan(1, 20).SequenceEqual(sentinel.AsSpan(1, 20)))
                return reply;
            if (received[0] == 1 && received.AsSpan(1, 20).SequenceEqual(datagram.AsSpan(1, 20)))
                reply = received;
            if (received[0] == 0) // a ping: whoever does not answer it is told little
                await _socket.SendAsync((byte[])[1, .. received[1..21], 0xC4, 20, .. new byte[20]], _target);
        }
    }
}
