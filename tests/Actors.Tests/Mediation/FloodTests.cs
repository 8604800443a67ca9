using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using LiteNetLib;
using NuCypher.P2P.Actors.Network;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Mediation;
using NuCypher.P2P.Policy.Services;
using NuCypher.P2P.Policy.Wire;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Actors.Tests.Mediation;

/// <summary>
/// Floods of those who do keep to the protocol's forms, over real UDP: they end at the named limits, no control ping
/// is lost meanwhile, others are served, and memory stays flat.
/// </summary>
public sealed class FloodTests : IAsyncLifetime
{
    private static readonly TimeSpan Limit = UdpParty.Limit;
    private static readonly OperatingSystemRandom Random = new();

    private readonly UdpTrio _trio = new();
    private readonly List<Intruder> _intruders = [];
    private readonly UdpClient _control = new(new IPEndPoint(IPAddress.Loopback, 0));
    private int _pings;

    private UdpParty Guest => _trio.Guest;

    public async ValueTask InitializeAsync()
    {
        await _trio.InitializeAsync();
        await Guest.JoinKademliaAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _intruders.ForEach(intruder => intruder.Dispose());
        _control.Dispose();
        await _trio.DisposeAsync();
    }

    [Fact, Trait("Category", "Long")]
    public async Task Connect_ManyFromOneHostWithValidTokens_HoldNoMoreThanTheirShare()
    {
        const int Many = 3 * CallLimits.ConnectionsPerHost; // fewer than the tokens that one host may show at once

        for (var i = 0; i < Many; i++)
            await EnterAsync(HostOf(2));
        var gone = await OutAsync(Many - CallLimits.ConnectionsPerHost);

        Assert.All(gone, reason => Assert.Equal(DisconnectReason.RemoteConnectionClose, reason));
        Assert.Equal(CallLimits.ConnectionsPerHost, _intruders.Count(intruder => !intruder.IsOut.IsCompleted));
        await AssertServesAsync();
    }

    [Fact, Trait("Category", "Long")]
    public async Task Connect_ManyHostsTakeAllConnections_TheNextCallerIsLetIn()
    {
        const int Hosts = (CallLimits.Connections / CallLimits.ConnectionsPerHost) + 1;

        for (var host = 0; host < Hosts; host++)
        {
            for (var i = 0; i < CallLimits.ConnectionsPerHost; i++)
                await EnterAsync(HostOf(2 + host));
        }
        await OutAsync((Hosts * CallLimits.ConnectionsPerHost) - CallLimits.Connections);

        Assert.Equal(CallLimits.Connections, _intruders.Count(intruder => !intruder.IsOut.IsCompleted));
        await AssertServesAsync();
        await OutAsync((Hosts * CallLimits.ConnectionsPerHost) - CallLimits.Connections + 1); // for the caller
    }

    [Fact]
    public async Task Connect_OneHostShowsMoreTokensThanItsShare_TheRestIsNotLetInAndOthersAre()
    {
        var options = new MediationOptions();
        using var stranger = new UdpClient(new IPEndPoint(HostOf(2), 0));
        var from = NodeAddress.From((IPEndPoint)stranger.Client.LocalEndPoint!);
        var request = await CaptureConnectAsync(TokenFor(from));

        for (var i = 0; i < 20 * options.MessagesPerSecond; i++)
        {
            var token = TokenFor(from);
            token.Span.CopyTo(request.AsSpan(request.Length - token.Length));
            BinaryPrimitives.WriteInt64LittleEndian(request.AsSpan(5), i + 1); // each one a connection of its own
            stranger.Send(request, Guest.Address.ToIPEndPoint());
        }
        await AssertServesAsync();

        await AssertServesAsync(); // the flood's connections are over, or wait for an answer
        Assert.InRange(Drain(stranger, property: 7), 0, 40); // accepted: four seconds' worth, and what came meanwhile
    }

    [Fact, Trait("Category", "Long")]
    public async Task Receive_FragmentsOfMessagesThatNeverEnd_AreHeldToTheLimitAndTheConnectionEnds()
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);

        for (var i = 0; i < CallLimits.ConnectionsPerHost; i++)
        {
            var intruder = await EnterAsync(HostOf(2));
            intruder.Change = NeverFinish();
            for (var message = 0; message < 1_000; message++)
                intruder.Send(new byte[2_000], DeliveryMethod.ReliableUnordered);
        }
        await AssertServesAsync();
        await OutAsync(CallLimits.ConnectionsPerHost); // nothing of it is taken any more, so that it falls silent

        _intruders.ForEach(intruder => intruder.Dispose());
        _intruders.Clear();
        var grown = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.True(grown < 2 << 20, $"{grown:N0} bytes more after 16 MB of fragments");
        await AssertServesAsync();
    }

    [Fact]
    public async Task Receive_MessageOfMoreFragmentsThanAreTaken_IsNoneAndTheNextIs()
    {
        var intruder = await EnterAsync(HostOf(2));

        intruder.Send(new byte[2 * CallLimits.MessageSize], DeliveryMethod.ReliableOrdered);
        await AssertServesAsync();
        var isIn = !intruder.IsOut.IsCompleted;
        intruder.Send(new byte[CallLimits.MessageSize], DeliveryMethod.ReliableOrdered); // no call: he is sent away

        Assert.True(isIn);
        Assert.Equal([DisconnectReason.RemoteConnectionClose], await OutAsync(1));
    }

    [Fact, Trait("Category", "Long")]
    public async Task Receive_MutatedPacketsOfOpenConnections_NoPingIsLostAndMemoryStaysFlat()
    {
        const int Rounds = 100;
        const int Seed = 11;
        var random = new Random(Seed);
        long before = 0;
        DeliveryMethod[] methods =
        [
            DeliveryMethod.ReliableOrdered, DeliveryMethod.ReliableUnordered, DeliveryMethod.ReliableSequenced,
            DeliveryMethod.Sequenced, DeliveryMethod.Unreliable,
        ];

        for (var round = 0; round < Rounds; round++)
        {
            using var intruder = new Intruder(HostOf(2 + (round % 50)));
            intruder.Connect(Guest.Address, TokenFor(intruder.Address));
            await intruder.IsIn.WaitAsync(Limit);
            intruder.Change = Mutate(random);
            for (var i = 0; i < 200; i++)
            {
                var longest = i % methods.Length < 2 ? 3_000 : 1_000; // the others send no fragments
                var message = new byte[random.Next(1, longest)];
                random.NextBytes(message);
                intruder.Send(message, methods[i % methods.Length]);
                if (i % 20 == 0)
                    await PingAsync();
            }
            await AssertServesAsync();
            if (round == 20)
                before = GC.GetTotalMemory(forceFullCollection: true);
        }

        var grown = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.True(grown < 8 << 20, $"{grown:N0} bytes more after 16,000 messages, seed {Seed}");
    }

    [Fact]
    public async Task Receive_ForgedIntroductions_SendTheVictimNothing()
    {
        using var victim = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        using var stranger = new UdpClient(new IPEndPoint(HostOf(3), 0));
        var at = NodeAddress.From((IPEndPoint)victim.Client.LocalEndPoint!);

        for (var i = 0; i < 500; i++)
        {
            var signer = i % 2 == 0 ? _trio.Mediator.Identity.Signer : _trio.Caller.Identity.Signer;
            var introduction = new Introduction(
                Guest.Identity.Id, signer.VerifyingKey, at, Nonce.Random(Random), TimeProvider.System.GetUtcNow());
            byte[] datagram = [RpcUdpLayer.ControlByte, .. SignedMessage.Sign(introduction, signer, Random).Bytes.Span];
            stranger.Send(datagram, Guest.Address.ToIPEndPoint()); // the mediator's word, but not from there
            if (i % 50 == 0)
                await PingAsync();
        }
        await AssertServesAsync(); // a genuine introduction comes through: what came before has been looked at

        Assert.Equal((0, 0), (victim.Available, stranger.Available));
    }

    private static IPAddress HostOf(int last) => new([127, 0, 0, (byte)last]);

    private ReadOnlyMemory<byte> TokenFor(NodeAddress from)
    {
        using var signer = Signer.Random(Random);
        var route = new MediatedRoute(
            Guest.Identity.Id, Guest.Identity.EncryptingKey, [_trio.Mediator.AsMediator]);
        return new IntroductionRun(route, signer).TokenFor(
            from, new Moment(TimeProvider.System.GetUtcNow(), default), Random);
    }

    private async Task<Intruder> EnterAsync(IPAddress host)
    {
        var intruder = new Intruder(host);
        _intruders.Add(intruder);
        intruder.Connect(Guest.Address, TokenFor(intruder.Address));
        await intruder.IsIn.WaitAsync(Limit);
        return intruder;
    }

    /// <summary>Waits until so many of the intruders are out.</summary>
    private async Task<DisconnectReason[]> OutAsync(int count)
    {
        var waiting = _intruders.Select(intruder => intruder.IsOut).ToList();
        List<DisconnectReason> reasons = [];
        while (reasons.Count < count)
        {
            var next = await Task.WhenAny(waiting).WaitAsync(Limit);
            waiting.Remove(next);
            reasons.Add(await next);
        }
        return [.. reasons];
    }

    /// <summary>A ping, sent once, and a call by somebody who has no connection yet.</summary>
    private async Task AssertServesAsync()
    {
        await PingAsync();
        var caller = await _trio.NewCallerAsync();
        var answer = await caller.CallAsync(Guest, ServiceKind.Renew, [1], Limit, _trio.Mediator.AsMediator);
        Assert.Equal(ServiceStatus.Ok, answer.Status);
    }

    private async Task PingAsync()
    {
        var id = new byte[20];
        BinaryPrimitives.WriteInt32BigEndian(id, ++_pings);
        byte[] ping = [0, .. id, 0x92, 0xA4, .. "ping"u8, 0x91, 0xC4, 20, .. new byte[19], 77];
        _control.Send(ping, Guest.Address.ToIPEndPoint());
        byte[] answer;
        do
            answer = (await _control.ReceiveAsync().WaitAsync(Limit)).Buffer;
        while (answer[0] != 1); // it pings back, too
        Assert.Equal(id, answer[1..21]);
    }

    /// <summary>Gives each fragment but a message's first another message's number, so that none is ever
    /// whole.</summary>
    private static Action<byte[], int, int> NeverFinish()
    {
        const int FragmentId = 4;
        const int FragmentPart = 6;
        ushort last = 0x8000;
        return (data, offset, length) =>
        {
            var isFragment = (data[offset] & 0x80) != 0 && (data[offset] & 31) == 30 && length > 10;
            if (isFragment && data[offset + FragmentPart] != 0)
                BinaryPrimitives.WriteUInt16LittleEndian(data.AsSpan(offset + FragmentId), ++last);
        };
    }

    private static Action<byte[], int, int> Mutate(Random random) => (data, offset, length) =>
    {
        lock (random)
        {
            for (var i = random.Next(0, 4); i > 0; i--)
                data[offset + random.Next(length)] ^= (byte)random.Next(1, 256);
            if (data[offset] <= 1)
                data[offset] = 5; // rpcudp's are another test's
        }
    };

    private static int Drain(UdpClient at, int property)
    {
        var count = 0;
        IPEndPoint? from = null;
        while (at.Available > 0)
            count += (at.Receive(ref from)[0] & 31) == property ? 1 : 0;
        return count;
    }

    /// <summary>A request to connect, as it is on the wire.</summary>
    private static async Task<byte[]> CaptureConnectAsync(ReadOnlyMemory<byte> token)
    {
        using var relay = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        using var sender = new Intruder(IPAddress.Loopback);
        sender.Connect(NodeAddress.From((IPEndPoint)relay.Client.LocalEndPoint!), token);
        return (await relay.ReceiveAsync().WaitAsync(Limit)).Buffer;
    }
}
