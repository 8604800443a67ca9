using System.Net;
using System.Net.Sockets;
using NuCypher.P2P.Actors.Network;
using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Actors.Tests.Network;

public sealed class UdpTransportActorTests : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private static readonly NodeAddress AnyPort = new(IPAddress.Loopback, 0);

    private readonly ActorSystem _system = ActorSystem.Create("udp");

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync() => await _system.Terminate();

    [Fact]
    public async Task Bind_PortOfAnotherSocket_SaysThatItIsBusy()
    {
        using var other = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var address = NodeAddress.From((IPEndPoint)other.Client.LocalEndPoint!);

        var failed = await Transport().Ask<BindFailed>(new Bind(address), Limit);

        Assert.Equal(BindFailure.PortBusy, failed.Failure);
        Assert.Contains(address.ToString(), failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bind_AddressOfAnotherMachine_SaysThatThereIsNone()
    {
        var failed = await Transport().Ask<BindFailed>(
            new Bind(new NodeAddress(IPAddress.Parse("203.0.113.7"), 0)), Limit);

        Assert.Equal(BindFailure.NoSuchAddress, failed.Failure);
    }

    [Fact]
    public async Task Bind_Twice_SaysThatItIsOpen()
    {
        var transport = Transport();
        await transport.Ask<Bound>(new Bind(AnyPort), Limit);

        var failed = await transport.Ask<BindFailed>(new Bind(AnyPort), Limit);

        Assert.Equal(BindFailure.AlreadyBound, failed.Failure);
    }

    [Theory, InlineData("127.0.0.1"), InlineData("::1")]
    public async Task Send_ToAnotherTransport_ArrivesUnchangedWithItsAddress(string host)
    {
        var (one, other) = (Transport(), Transport());
        var anyPort = new NodeAddress(IPAddress.Parse(host), 0);
        var from = await one.Ask<Bound>(new Bind(anyPort), Limit);
        var to = await other.Ask<Bound>(new Bind(anyPort), Limit);
        var arrived = new TaskCompletionSource<DatagramReceived>(TaskCreationOptions.RunContinuationsAsynchronously);
        await ListenAsync(other, arrived);
        byte[] bytes = [(byte)(host == "::1" ? 1 : 0), 2, 3];

        one.Tell(new SendDatagram(to.Address, bytes));

        var datagram = await arrived.Task.WaitAsync(Limit);
        Assert.Equal(from.Address, datagram.From);
        Assert.Equal(bytes, datagram.Bytes.ToArray());
    }

    [Theory, InlineData(1431, 1431, 0), InlineData(1432, 1432, 1), InlineData(1433, 1432, 1)]
    [InlineData(60_000, 1432, 1)]
    public async Task Receive_LongDatagram_IsCutAtWhatIsReadAndCounted(int length, int read, int cut)
    {
        var transport = Transport();
        var bound = await transport.Ask<Bound>(new Bind(AnyPort), Limit);
        var arrived = new TaskCompletionSource<DatagramReceived>(TaskCreationOptions.RunContinuationsAsynchronously);
        await ListenAsync(transport, arrived);
        using var sender = new UdpClient();

        sender.Send(new byte[length], bound.Address.ToIPEndPoint());

        Assert.Equal(read, (await arrived.Task.WaitAsync(Limit)).Bytes.Length);
        var counters = await transport.Ask<TransportCounters>(new GetTransportCounters(), Limit);
        Assert.Equal((cut, 1L), (counters.Cut, counters.Received));
    }

    [Theory, InlineData("127.0.0.1"), InlineData("::1")]
    public async Task Bind_AllAddresses_HearsAndAnswersBothFamiliesOnOnePort(string host)
    {
        var (one, other) = (Transport(), Transport());
        var bound = await one.Ask<Bound>(new Bind(new NodeAddress(IPAddress.IPv6Any, 0)), Limit);
        var from = await other.Ask<Bound>(new Bind(new NodeAddress(IPAddress.Parse(host), 0)), Limit);
        var to = new NodeAddress(IPAddress.Parse(host), bound.Address.Port);
        var (there, back) = (
            new TaskCompletionSource<DatagramReceived>(TaskCreationOptions.RunContinuationsAsynchronously),
            new TaskCompletionSource<DatagramReceived>(TaskCreationOptions.RunContinuationsAsynchronously));
        await ListenAsync(one, there);
        await ListenAsync(other, back);

        other.Tell(new SendDatagram(to, new byte[] { 0, 7 }));
        one.Tell(new SendDatagram((await there.Task.WaitAsync(Limit)).From, new byte[] { 1, 7 }));

        Assert.Equal(from.Address, (await there.Task).From);
        Assert.Equal(to, (await back.Task.WaitAsync(Limit)).From);
    }

    [Fact]
    public async Task Bind_AllAddressesWhereIPv6sPortIsTaken_SaysThatItIsBusy()
    {
        using var other = new UdpClient(AddressFamily.InterNetworkV6);
        other.Client.Bind(new IPEndPoint(IPAddress.IPv6Any, 0));
        var address = new NodeAddress(IPAddress.IPv6Any, (ushort)((IPEndPoint)other.Client.LocalEndPoint!).Port);

        var failed = await Transport().Ask<BindFailed>(new Bind(address), Limit);

        Assert.Equal(BindFailure.PortBusy, failed.Failure);
    }

    [Fact]
    public async Task Send_ToABroadcastAddressOrPort0_IsRefusedAndCounted()
    {
        var transport = Transport();
        await transport.Ask<Bound>(new Bind(AnyPort), Limit);

        transport.Tell(new SendDatagram(new NodeAddress(IPAddress.Parse("127.255.255.255"), 9), new byte[1]));
        transport.Tell(new SendDatagram(new NodeAddress(IPAddress.Loopback, 0), new byte[1]));

        var counters = await transport.Ask<TransportCounters>(new GetTransportCounters(), Limit);
        Assert.Equal((0L, 2L), (counters.Sent, counters.SendFailures));
    }

    [Fact]
    public async Task Send_BeforeBindAndToAnotherFamily_IsCountedAsFailure()
    {
        var transport = Transport();
        var v6 = new NodeAddress(IPAddress.IPv6Loopback, 9);

        transport.Tell(new SendDatagram(v6, new byte[1]));
        await transport.Ask<Bound>(new Bind(AnyPort), Limit);
        transport.Tell(new SendDatagram(v6, new byte[1]));

        var counters = await transport.Ask<TransportCounters>(new GetTransportCounters(), Limit);
        Assert.Equal((0L, 2L), (counters.Sent, counters.SendFailures));
    }

    [Fact]
    public async Task Stop_OpenSocket_FreesThePort()
    {
        var transport = Transport();
        var bound = await transport.Ask<Bound>(new Bind(AnyPort), Limit);

        Assert.True(await transport.GracefulStop(Limit));

        using (new UdpClient(bound.Address.ToIPEndPoint()))
        {
            // free for anybody
        }
        await Transport().Ask<Bound>(new Bind(bound.Address), Limit);
    }

    private IActorRef Transport() => _system.ActorOf(ActorProps.Of(() => new UdpTransportActor()));

    /// <summary>Listens; the transport knows it when this has ended, because it answers in order.</summary>
    private Task<TransportCounters> ListenAsync(IActorRef transport, TaskCompletionSource<DatagramReceived> arrived)
    {
        transport.Tell(new Listen(), _system.ActorOf(ActorProps.Of(() => new Listener(arrived))));
        return transport.Ask<TransportCounters>(new GetTransportCounters(), Limit);
    }

    private sealed class Listener : ReceiveActor
    {
        public Listener(TaskCompletionSource<DatagramReceived> arrived) =>
            Receive<DatagramReceived>(datagram => arrived.TrySetResult(datagram));
    }
}
