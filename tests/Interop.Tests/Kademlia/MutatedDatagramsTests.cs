using System.Net;
using System.Net.Sockets;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Dht.Tests.Vectors;

namespace NuCypher.P2P.Interop.Tests.Kademlia;

/// <summary>
/// A running node is sent broken datagrams of rpcudp and of LiteNetLib, and answers its control pings all the same.
/// </summary>
public sealed class MutatedDatagramsTests : IAsyncLifetime
{
    private const int PerControl = 100;
    private const int NightlyCount = 100_000;
    private const int DefaultCount = 3000;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly ActorSystem _system = ActorSystem.Create("mutants");
    private readonly UdpClient _stranger = new(new IPEndPoint(IPAddress.Loopback, 0));

    private static int Count =>
        Environment.GetEnvironmentVariable("NUCYPHER_NIGHTLY") == "1" ? NightlyCount : DefaultCount;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _system.Terminate();
        _stranger.Dispose();
    }

    [Fact]
    public async Task Receive_MutatedDatagrams_LoseNoControlPingAndLeaveNothing()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var node = await SwarmNode.StartAsync(_system, new KademliaOptions { AcceptPlain = true });
        await SendAsync(node, random, seed, PerControl * 5);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        await SendAsync(node, random, seed, Count);

        var grown = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.True(grown < 4 << 20, $"seed {seed}: {grown} bytes");
        Assert.InRange((await node.PeersAsync()).Contacts.Count, 0, 1);
    }

    private async Task SendAsync(SwarmNode node, Random random, int seed, int count)
    {
        byte[][] originals =
        [
            .. RpcudpVectors.Sniffed.Select(d => d.Bytes),
            .. RpcudpVectors.Odd.Select(d => d.Request),
            .. LiteNetLibs(),
        ];
        for (var i = 0; i < count; i++)
        {
            _stranger.Send(Mutate(originals[random.Next(originals.Length)], random), node.Address.ToIPEndPoint());
            if (i % PerControl == PerControl - 1)
                Assert.True(
                    await AnswersAsync(node, random), $"seed {seed}: no control ping answered after {i} datagrams");
        }
    }

    /// <summary>Every property of LiteNetLib's, whole and as a fragment, with room for its header.</summary>
    private static IEnumerable<byte[]> LiteNetLibs() =>
        from property in Enumerable.Range(0, 32)
        from fragmented in (int[])[0, 0x80]
        select (byte[])[(byte)(property | fragmented), .. new byte[40]];

    private static byte[] Mutate(byte[] original, Random random)
    {
        var bytes = original.AsSpan(
            0, random.Next(4) == 0 ? random.Next(1, original.Length + 1) : original.Length).ToArray();
        for (var flips = random.Next(4); flips > 0; flips--)
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        return bytes;
    }

    private async Task<bool> AnswersAsync(SwarmNode node, Random random)
    {
        var ping = RpcudpVectors.Odd[0].Request.ToArray();
        random.NextBytes(ping.AsSpan(1, 20));
        await _stranger.SendAsync(ping, node.Address.ToIPEndPoint());
        for (; ; )
        {
            var received = (await _stranger.ReceiveAsync().WaitAsync(Limit)).Buffer;
            if (received[0] == 1 && received.AsSpan(1, 20).SequenceEqual(ping.AsSpan(1, 20)))
                return true;
        }
    }
}
