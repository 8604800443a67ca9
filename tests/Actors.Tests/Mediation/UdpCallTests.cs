using System.Net;
using System.Net.Sockets;
using LiteNetLib;
using NuCypher.P2P.Actors.Links;
using NuCypher.P2P.Actors.Mediation;
using NuCypher.P2P.Actors.Network;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Mediation;
using NuCypher.P2P.Policy.Records;
using NuCypher.P2P.Policy.Services;

namespace NuCypher.P2P.Actors.Tests.Mediation;

/// <summary>Calls over LiteNetLib's reliable channel on loopback, between those whom a mediator introduces, and under
/// attack.</summary>
public sealed class UdpCallTests(UdpTrio trio) : IClassFixture<UdpTrio>
{
    private static readonly TimeSpan Limit = UdpParty.Limit;
    private static readonly OperatingSystemRandom Random = new();
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(5);

    private readonly UdpParty _mediator = trio.Mediator;
    private readonly UdpParty _guest = trio.Guest;
    private readonly UdpParty _caller = trio.Caller;

    [Fact]
    public async Task Guest_WithAMediator_SaysInItsRecordWhereItIsSeenAndThroughWhom()
    {
        var record = trio.Described;
        var report = await _guest.Calls.Ask<MediationReport>(new GetMediation(), Limit);

        Assert.Equal(NodeCapabilities.Ursula | NodeCapabilities.Mediated, record.Capabilities);
        Assert.Equal((_guest.Address, _mediator.AsMediator), (record.Udp, Assert.Single(record.Mediators)));
        Assert.Equal(new MediationReport(true, NatVerdict.OneAddress, _guest.Address, 1, 0), report);
    }

    [Fact]
    public async Task Call_GuestThroughItsMediator_IsServed()
    {
        var answer = await CallAsync(ServiceKind.Reencrypt, [1, 2, 3]);

        Assert.Equal((ServiceStatus.Ok, "Reencrypt:010203@127.0.0.1"), (answer.Status, EchoUrsula.TextOf(answer)));
    }

    [Theory, InlineData(0), InlineData(1), InlineData(4_000), InlineData(4_096)]
    public async Task Call_BodiesUpToTheLimit_ComeThroughWhole(int length)
    {
        var body = new byte[length];
        new Random(length).NextBytes(body);

        var answer = await CallAsync(ServiceKind.DepositKeyFrag, body);

        Assert.Equal($"DepositKeyFrag:{Convert.ToHexString(body)}@127.0.0.1", EchoUrsula.TextOf(answer));
    }

    [Fact]
    public async Task Call_BodyOverTheLimit_IsTooLargeAndNeverSent() =>
        Assert.Equal(ServiceStatus.TooLarge, (await CallAsync(ServiceKind.DepositKeyFrag, new byte[4_097])).Status);

    [Fact]
    public async Task Call_ManyAtOnce_EachGetsItsOwnAnswer()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => CallAsync(ServiceKind.Renew, [(byte)i])));

        Assert.Equal(
            Enumerable.Range(0, 40).Select(i => $"Renew:{i:X2}@127.0.0.1"), answers.Select(EchoUrsula.TextOf));
    }

    [Fact]
    public async Task Call_FirstMediatorIsSilentTheSecondKnowsHer_IsServed()
    {
        using var silent = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var dead = new Mediator(_caller.Identity.Id, NodeAddress.From((IPEndPoint)silent.Client.LocalEndPoint!));

        var answer = await (await trio.NewCallerAsync()).CallAsync(_guest, ServiceKind.Renew, [7], Short, dead,
            _mediator.AsMediator);

        Assert.Equal(ServiceStatus.Ok, answer.Status);
    }

    [Fact]
    public async Task Call_NobodyMediates_IsUnreachable()
    {
        using var silent = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var dead = new Mediator(_caller.Identity.Id, NodeAddress.From((IPEndPoint)silent.Client.LocalEndPoint!));

        Assert.Equal(
            ServiceStatus.Unreachable, (await (await trio.NewCallerAsync()).CallAsync(_guest, ServiceKind.Renew, [7],
                Short, dead)).Status);
    }

    [Fact]
    public async Task Call_OneWhomTheMediatorDoesNotKnow_IsUnreachable() => Assert.Equal(
        ServiceStatus.Unreachable,
        (await _guest.CallAsync(_caller, ServiceKind.Renew, [7], Short, _mediator.AsMediator)).Status);

    [Fact]
    public async Task Call_UrsulaThatDoesNotAnswer_TimesOut()
    {
        var answer = await _caller.CallAsync(
            _guest, ServiceKind.Revoke, EchoUrsula.Silence, TimeSpan.FromSeconds(1), _mediator.AsMediator);

        Assert.Equal(ServiceStatus.TimedOut, answer.Status);
    }

    [Fact]
    public async Task Serve_EveryFirstByteFromAStranger_IsAnsweredByNothing()
    {
        using var stranger = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var random = new Random(4);
        for (var first = 2; first < 256; first++)
        {
            foreach (var length in new[] { 1, 2, 18, 60, 200, 1_000 })
            {
                var datagram = new byte[length];
                random.NextBytes(datagram);
                datagram[0] = (byte)first;
                stranger.Send(datagram, _guest.Address.ToIPEndPoint());
            }
        }

        Assert.Equal(ServiceStatus.Ok, (await CallAsync(ServiceKind.Renew, [1])).Status); // they were all read by then
        Assert.Equal(0, stranger.Available);
    }

    [Fact]
    public async Task Serve_ConnectRequestsWithoutAndWithForgedTokens_LetNobodyIn()
    {
        var forged = new byte[180];
        "CnTk"u8.CopyTo(forged);

        foreach (var token in new[] { [], forged, "nucypher"u8.ToArray() })
        {
            var listener = new EventBasedNetListener();
            var over = new TaskCompletionSource<DisconnectReason>(TaskCreationOptions.RunContinuationsAsynchronously);
            listener.PeerDisconnectedEvent += (_, info) => over.TrySetResult(info.Reason);
            listener.PeerConnectedEvent += _ => over.TrySetResult(default);
            var stranger = new NetManager(listener)
            {
                IPv6Enabled = false,
                UnsyncedEvents = true,
                ReconnectDelay = 20,
                MaxConnectAttempts = 5,
            };
            Assert.True(stranger.Start(IPAddress.Loopback, IPAddress.IPv6Loopback, 0));
            stranger.Connect(_guest.Address.ToIPEndPoint(), token.AsSpan());

            Assert.Equal(DisconnectReason.ConnectionFailed, await over.Task.WaitAsync(Limit));
            stranger.Stop();
        }
    }

    [Fact, Trait("Category", "Long")]
    public async Task Serve_MutatedPacketsOfLiteNetLibAndControlDatagrams_GoesOnAndKeepsItsMemory()
    {
        var (random, samples) = (new Random(9), await CaptureAsync());
        using var stranger = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        long before = 0;

        for (var round = 0; round < 25; round++)
        {
            for (var i = 0; i < 4_000; i++)
                stranger.Send(Mutated(samples[random.Next(samples.Count)], random), _guest.Address.ToIPEndPoint());
            Assert.Equal(ServiceStatus.Ok, (await CallAsync(ServiceKind.Renew, [1])).Status);
            if (round == 4)
                before = GC.GetTotalMemory(forceFullCollection: true);
        }

        var grown = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.True(grown < 8 << 20, $"{grown:N0} bytes more after 80,000 datagrams");
    }

    private Task<ServiceAnswer> CallAsync(ServiceKind kind, byte[] body) =>
        _caller.CallAsync(_guest, kind, body, Limit, _mediator.AsMediator);

    /// <summary>What a caller's port sends while it connects and calls, as it is on the wire.</summary>
    private async Task<IReadOnlyList<byte[]>> CaptureAsync()
    {
        using var relay = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var sender = new NetManager(new EventBasedNetListener(), new RpcUdpLayer()) { IPv6Enabled = false };
        Assert.True(sender.Start(IPAddress.Loopback, IPAddress.IPv6Loopback, 0));
        var run = new IntroductionRun(
            new MediatedRoute(_guest.Identity.Id, _guest.Identity.EncryptingKey, [_mediator.AsMediator]),
                _caller.Identity.Signer);
        var now = new Moment(TimeProvider.System.GetUtcNow(), default);
        sender.Connect((IPEndPoint)relay.Client.LocalEndPoint!, run.TokenFor(_caller.Address, now, Random).Span);
        List<byte[]> datagrams = [(await relay.ReceiveAsync().WaitAsync(Limit)).Buffer];
        sender.Stop();
        var control = run.Next(now, Random)!.Bytes.ToArray();
        datagrams.Add([RpcUdpLayer.ControlByte, .. control]);
        for (byte property = 0; property < 32; property++)
            datagrams.Add([property, .. new byte[40]]);
        return datagrams;
    }

    private static byte[] Mutated(byte[] sample, Random random)
    {
        byte[] bytes = random.Next(4) == 0 ? sample[..random.Next(1, sample.Length)] : [.. sample];
        for (var i = random.Next(1, 4); i > 0; i--)
            bytes[random.Next(bytes.Length)] ^= (byte)random.Next(1, 256);
        if (bytes[0] <= 1)
            bytes[0] = 5; // rpcudp's are another test's
        return bytes;
    }
}
