using System.Net;
using System.Net.Sockets;
using LiteNetLib;
using NuCypher.P2P.Actors.Network;
using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Actors.Tests.Network;

/// <summary>
/// What strangers send that is not rpcudp reaches nobody, is answered by nobody and leaves nothing behind.
/// </summary>
public sealed class UdpGuardTests : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly ActorSystem _system = ActorSystem.Create("guards");
    private readonly UdpClient _stranger = new(new IPEndPoint(IPAddress.Loopback, 0));
    private IActorRef _transport = ActorRefs.Nobody;
    private IPEndPoint _node = new(IPAddress.Loopback, 0);
    private byte _sentinels;

    public async ValueTask InitializeAsync()
    {
        _transport = _system.ActorOf(ActorProps.Of(() => new UdpTransportActor()));
        var bound = await _transport.Ask<Bound>(new Bind(new NodeAddress(IPAddress.Loopback, 0)), Limit);
        _transport.Tell(new Listen(), _system.ActorOf(ActorProps.Of(() => new EchoActor(_transport))));
        _node = bound.Address.ToIPEndPoint();
        await CountersAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _system.Terminate();
        _stranger.Dispose();
    }

    [Theory, InlineData(1), InlineData(2), InlineData(4), InlineData(11), InlineData(24), InlineData(200)]
    [InlineData(1432)]
    public async Task Receive_EveryFirstByteButRpcudps_IsDroppedWithoutAnAnswer(int length)
    {
        var random = new Random(length);
        for (var first = 2; first < 256; first++)
        {
            var datagram = new byte[length];
            random.NextBytes(datagram);
            datagram[0] = (byte)first;
            _stranger.Send(datagram, _node);
            await AssertNothingCameAsync();
        }

        var counters = await CountersAsync();
        Assert.Equal((254L, 254L, 254L), (counters.Foreign, counters.Received, counters.Sent));
    }

    [Fact]
    public async Task Receive_ConnectRequestAndGoodbye_AreDroppedWithoutAnAnswer()
    {
        var requests = await CaptureAsync(
            stranger => stranger.Connect((IPEndPoint)_stranger.Client.LocalEndPoint!, "nucypher"));

        foreach (var request in requests)
        {
            _stranger.Send(request, _node);
            await AssertNothingCameAsync();
        }

        Assert.Equal(requests.Length, (await CountersAsync()).Foreign);
    }

    [Fact]
    public async Task Receive_IntroductionByAStranger_MakesTheNodeSendNothing()
    {
        var stranger = new NetManager(new EventBasedNetListener()) { IPv6Enabled = false, NatPunchEnabled = true };
        Assert.True(stranger.Start(IPAddress.Loopback, IPAddress.IPv6Loopback, 0));
        var victim = (IPEndPoint)_stranger.Client.LocalEndPoint!;

        stranger.NatPunchModule.NatIntroduce(victim, victim, victim, _node, "token");
        var foreign = 0L;
        var start = TimeProvider.System.GetTimestamp();
        while (foreign == 0 && TimeProvider.System.GetElapsedTime(start) < Limit)
            foreign = (await CountersAsync()).Foreign;
        stranger.Stop();

        Assert.Equal(1, foreign);
        await ReceiveAsync(); // what the library tells the other side of the introduction, which is the victim too
        await AssertNothingCameAsync();
    }

    [Fact]
    public async Task Receive_HostileDatagrams_WriteNothingToTheTerminal()
    {
        _stranger.Send([31, 1, 2, 3], _node);
        await AssertNothingCameAsync();

        Assert.IsType<SilentNetLog>(NetDebug.Logger);
    }

    /// <summary>What a real LiteNetLib sends to the stranger's socket, until it is stopped.</summary>
    private async Task<byte[][]> CaptureAsync(Action<NetManager> act)
    {
        var stranger = new NetManager(new EventBasedNetListener()) { IPv6Enabled = false };
        Assert.True(stranger.Start(IPAddress.Loopback, IPAddress.IPv6Loopback, 0));
        act(stranger);
        List<byte[]> datagrams = [await ReceiveAsync()];
        stranger.Stop();
        while (_stranger.Available > 0)
            datagrams.Add(await ReceiveAsync());
        return [.. datagrams];
    }

    /// <summary>Asks the node for an echo: what it sent before would come before.</summary>
    private async Task AssertNothingCameAsync()
    {
        byte[] sentinel = [0, ++_sentinels, 5];
        _stranger.Send(sentinel, _node);
        Assert.Equal(sentinel, await ReceiveAsync());
    }

    private async Task<byte[]> ReceiveAsync() => (await _stranger.ReceiveAsync().WaitAsync(Limit)).Buffer;

    private Task<TransportCounters> CountersAsync() =>
        _transport.Ask<TransportCounters>(new GetTransportCounters(), Limit);

    private sealed class EchoActor : ReceiveActor
    {
        public EchoActor(IActorRef transport) =>
            Receive<DatagramReceived>(datagram => transport.Tell(new SendDatagram(datagram.From, datagram.Bytes)));
    }
}
