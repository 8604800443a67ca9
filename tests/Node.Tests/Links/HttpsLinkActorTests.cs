using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging.Abstractions;
using NuCypher.P2P.Actors;
using NuCypher.P2P.Actors.Links;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Services;
using NuCypher.P2P.Node.Https;

namespace NuCypher.P2P.Node.Tests.Links;

public sealed class HttpsLinkActorTests : IAsyncLifetime
{
    private static readonly TimeSpan Generous = TimeSpan.FromSeconds(20);

    private readonly TemporaryFolder _folder = new();
    private readonly ActorSystem _system = ActorSystem.Create("link");
    private readonly TaskCompletionSource _release = new();
    private readonly TaskCompletionSource _arrived = new();
    private X509Certificate2 _certificate = null!;
    private HttpsServer _server = null!;
    private int _served;

    public async ValueTask InitializeAsync()
    {
        NodeCertificate.Write(_folder.File("tls.pem"), DateTimeOffset.UnixEpoch.AddYears(55));
        _certificate = NodeCertificate.Read(_folder.File("tls.pem"));
        _server = await HttpsServer.StartAsync(
            new IPEndPoint(
                IPAddress.Loopback, 0), _certificate, Backend(), new HttpsOptions(), NullLoggerFactory.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        _release.TrySetResult();
        await _system.Terminate();
        await _server.DisposeAsync();
        _certificate.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Call_PinnedServer_IsAnswered()
    {
        var link = Link(new HttpsLinkOptions());

        var answer = await AskAsync(link, Call(7, ServiceKind.Reencrypt, "echo"));

        Assert.Equal((7L, ServiceStatus.Ok), (answer.CallId, answer.Status));
        Assert.Equal("Reencrypt echo", System.Text.Encoding.UTF8.GetString(answer.Body.Span));
    }

    [Fact]
    public async Task Call_Information_NeedsNoBody()
    {
        var answer = await AskAsync(Link(new HttpsLinkOptions()), Call(1, ServiceKind.Information, ""));

        Assert.Equal("Information ", System.Text.Encoding.UTF8.GetString(answer.Body.Span));
    }

    [Theory, InlineData(0), InlineData(31)]
    public async Task Call_OtherPin_IsAMismatchAndTheServerSeesNothing(int changedByte)
    {
        var pin = NodeCertificate.PinOf(_certificate);
        pin[changedByte] ^= 1;
        var call = Call(
            1, ServiceKind.Renew, "echo") with
        { Target = new ServiceAddress("127.0.0.1", Port, Digest.Read(pin)) };

        var answer = await AskAsync(Link(new HttpsLinkOptions()), call);

        Assert.Equal(ServiceStatus.PinMismatch, answer.Status);
        Assert.Equal(0, _served);
    }

    [Fact]
    public async Task Call_RefusedByUrsula_CarriesTheRefusal()
    {
        var answer = await AskAsync(Link(new HttpsLinkOptions()), Call(1, ServiceKind.Renew, "refuse"));

        Assert.Equal(ServiceStatus.Refused, answer.Status);
        Assert.Equal("refusal"u8, answer.Body.Span);
    }

    [Theory]
    [InlineData("busy", ServiceStatus.Busy)]
    [InlineData("malformed", ServiceStatus.Malformed)]
    [InlineData("limited", ServiceStatus.RateLimited)]
    [InlineData("late", ServiceStatus.TimedOut)]
    public async Task Call_OtherStatus_ComesThrough(string body, object status)
    {
        var answer = await AskAsync(
            Link(new HttpsLinkOptions { MaxRepetitions = 0 }), Call(1, ServiceKind.Renew, body));

        Assert.Equal(status, answer.Status);
    }

    [Theory, InlineData("busy once"), InlineData("limited once")]
    public async Task Call_ToldWhenToComeAgain_ComesAgainThenAndIsServed(string body)
    {
        var began = TimeProvider.System.GetTimestamp();

        var answer = await AskAsync(Link(new HttpsLinkOptions()), Call(1, ServiceKind.Renew, body));

        Assert.Equal(ServiceStatus.Ok, answer.Status);
        Assert.Equal(2, _served);
        Assert.InRange(TimeProvider.System.GetElapsedTime(began), TimeSpan.FromSeconds(0.99), Generous);
    }

    [Theory, InlineData(1, 20_000, 2), InlineData(0, 20_000, 1), InlineData(5, 900, 1)]
    public async Task Call_BusyForLonger_SaysSoAndWhenToComeAgain(int repetitions, int timeLimit, int served)
    {
        var call = Call(1, ServiceKind.Renew, "busy") with { TimeLimit = TimeSpan.FromMilliseconds(timeLimit) };

        var answer = await AskAsync(Link(new HttpsLinkOptions { MaxRepetitions = repetitions }), call);

        Assert.Equal((ServiceStatus.Busy, TimeSpan.FromSeconds(1)), (answer.Status, answer.RetryAfter));
        Assert.Equal(served, _served);
    }

    [Theory, InlineData("86400"), InlineData("-1"), InlineData("soon"), InlineData("Mon, 01 Jan 2035 00:00:00 GMT")]
    public async Task Call_ToldToComeAgainAtNoUsefulTime_IsBusyAtOnce(string when)
    {
        using var server = new CannedServer(
            _certificate, $"HTTP/1.1 503 Service Unavailable\r\nRetry-After: {when}");

        var answer = await AskAsync(Link(new HttpsLinkOptions()), Call(1, ServiceKind.Renew, "x", server.Port));

        Assert.Equal(ServiceStatus.Busy, answer.Status);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Call_ServerThatSpeaksAnOlderTls_IsUnreachableAndSeesNothing()
    {
        using var server = new CannedServer(_certificate, "HTTP/1.1 200 OK", SslProtocols.Tls12);

        var answer = await AskAsync(Link(new HttpsLinkOptions()), Call(1, ServiceKind.Renew, "x", server.Port));

        Assert.Equal(ServiceStatus.Unreachable, answer.Status);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Call_BodyOverTheLimit_IsNotSent()
    {
        var call = Call(
            1, ServiceKind.Renew, "") with
        { Body = new byte[ServiceRoute.Of(ServiceKind.Renew).MaxRequestSize + 1] };

        var answer = await AskAsync(Link(new HttpsLinkOptions()), call);

        Assert.Equal(ServiceStatus.TooLarge, answer.Status);
        Assert.Equal(0, _served);
    }

    [Fact]
    public async Task Call_ReplyAtTheLimit_ComesAndOneMoreByteDoesNot()
    {
        var link = Link(new HttpsLinkOptions { MaxReplySize = "Renew echo".Length });

        var atLimit = await AskAsync(link, Call(1, ServiceKind.Renew, "echo"));
        var longer = await AskAsync(link, Call(2, ServiceKind.Renew, "echo!"));

        Assert.Equal(ServiceStatus.Ok, atLimit.Status);
        Assert.Equal(ServiceStatus.TooLarge, longer.Status);
    }

    [Fact]
    public async Task Call_NobodyListens_IsUnreachable()
    {
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var port = (ushort)((IPEndPoint)closed.LocalEndpoint).Port;
        closed.Stop();

        var answer = await AskAsync(Link(new HttpsLinkOptions()), Call(1, ServiceKind.Renew, "echo", port));

        Assert.Equal(ServiceStatus.Unreachable, answer.Status);
    }

    [Theory, InlineData("evil/path"), InlineData(""), InlineData("a b"), InlineData("user@host")]
    public async Task Call_HostThatIsNone_IsUnreachable(string host)
    {
        var call = Call(
            1, ServiceKind.Renew,
            "echo") with
        { Target = new ServiceAddress(host, Port, Digest.Read(NodeCertificate.PinOf(_certificate))) };

        var answer = await AskAsync(Link(new HttpsLinkOptions()), call);

        Assert.Equal(ServiceStatus.Unreachable, answer.Status);
    }

    [Fact]
    public async Task Call_ServerThatNeverShakesHands_TimesOut()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var call = Call(1, ServiceKind.Renew, "echo", (ushort)((IPEndPoint)silent.LocalEndpoint).Port);

        var answer = await AskAsync(
            Link(new HttpsLinkOptions()), call with { TimeLimit = TimeSpan.FromMilliseconds(50) });

        Assert.Equal(ServiceStatus.TimedOut, answer.Status);
    }

    [Fact]
    public async Task Call_ServerThatSpeaksNoTls_IsUnreachable()
    {
        using var plain = new TcpListener(IPAddress.Loopback, 0);
        plain.Start();
        var speaking = Task.Run(async () =>
        {
            using var client = await plain.AcceptTcpClientAsync();
            await client.GetStream().WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8.ToArray());
        });

        var answer = await AskAsync(
            Link(new HttpsLinkOptions()), Call(
                1, ServiceKind.Renew, "echo", (ushort)((IPEndPoint)plain.LocalEndpoint).Port));

        Assert.Equal(ServiceStatus.Unreachable, answer.Status);
        await speaking;
    }

    [Theory, InlineData(301), InlineData(302), InlineData(303), InlineData(307), InlineData(308)]
    public async Task Call_Redirected_GoesNowhereElse(int status)
    {
        using var elsewhere = new CannedServer(_certificate, "HTTP/1.1 200 OK");
        using var server = new CannedServer(
            _certificate, $"HTTP/1.1 {status} Moved\r\nLocation: https://127.0.0.1:{elsewhere.Port}/v1/renew");

        var answer = await AskAsync(Link(new HttpsLinkOptions()), Call(1, ServiceKind.Renew, "echo", server.Port));

        Assert.NotEqual(ServiceStatus.Ok, answer.Status);
        Assert.Single(server.Requests);
        Assert.Empty(elsewhere.Requests);
    }

    [Fact]
    public async Task Call_ServerThatSetsACookie_IsNotRecognizedByItAndIsAskedForNoCompression()
    {
        using var server = new CannedServer(_certificate, "HTTP/1.1 200 OK\r\nSet-Cookie: who=you; Path=/");
        var link = Link(new HttpsLinkOptions());

        var first = await AskAsync(link, Call(1, ServiceKind.Renew, "echo", server.Port));
        await AskAsync(link, Call(2, ServiceKind.Renew, "echo", server.Port));

        Assert.Equal(ServiceStatus.Ok, first.Status);
        Assert.Equal(2, server.Requests.Count);
        Assert.All(server.Requests, head => Assert.DoesNotContain("cookie", head, StringComparison.OrdinalIgnoreCase));
        Assert.All(
            server.Requests,
            head => Assert.DoesNotContain("accept-encoding", head, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Call_MoreThanTheQueueHolds_IsBusyAndTheOthersAreServed()
    {
        var link = Link(new HttpsLinkOptions { MaxConcurrentCalls = 2, MaxQueuedCalls = 3 });
        Task<ServiceAnswer>[] waiting = [.. Enumerable.Range(1, 5).Select(
            i => AskAsync(link, Call(i, ServiceKind.Renew, "wait")))];

        var refused = await AskAsync(link, Call(6, ServiceKind.Renew, "echo"));
        _release.SetResult();
        var answers = await Task.WhenAll(waiting);

        Assert.Equal(ServiceStatus.Busy, refused.Status);
        Assert.All(answers, a => Assert.Equal(ServiceStatus.Ok, a.Status));
        Assert.Equal([1L, 2, 3, 4, 5], answers.Select(a => a.CallId));
        Assert.Equal(5, _served);
    }

    [Fact]
    public async Task Call_ThatWaitsForItsTurn_TimesOutInTime()
    {
        var link = Link(new HttpsLinkOptions { MaxConcurrentCalls = 1 });
        var first = AskAsync(link, Call(1, ServiceKind.Renew, "wait"));
        await _arrived.Task.WaitAsync(Generous);

        var second = await AskAsync(
            link, Call(2, ServiceKind.Renew, "echo") with { TimeLimit = TimeSpan.FromMilliseconds(20) });

        Assert.Equal(ServiceStatus.TimedOut, second.Status);
        Assert.False(first.IsCompleted);
    }

    [Fact]
    public async Task Stop_OpenCall_IsStillAnswered()
    {
        var link = Link(new HttpsLinkOptions());
        var open = AskAsync(link, Call(1, ServiceKind.Renew, "wait"));
        await _arrived.Task.WaitAsync(Generous);
        _system.Stop(link);

        var answer = await open;

        Assert.NotEqual(ServiceStatus.Ok, answer.Status);
    }

    private ushort Port => (ushort)_server.Address.Port;

    private IActorRef Link(HttpsLinkOptions options) =>
        _system.ActorOf(ActorProps.Of(() => new HttpsLinkActor(options)));

    private ServiceCall Call(long id, ServiceKind kind, string body, ushort? port = null) => new(
        id,
        new ServiceAddress("127.0.0.1", port ?? Port, Digest.Read(NodeCertificate.PinOf(_certificate))),
        kind,
        System.Text.Encoding.UTF8.GetBytes(body),
        Generous);

    private static Task<ServiceAnswer> AskAsync(IActorRef link, ServiceCall call) =>
        link.Ask<ServiceAnswer>(call, Generous);

    private HttpsBackend Backend() => new(
        ServeAsync,
        _ => throw new NotSupportedException(),
        _ => throw new NotSupportedException(),
        (_, _) => throw new NotSupportedException(),
        _ => throw new NotSupportedException(),
        () => throw new NotSupportedException());

    private async Task<ServiceReply> ServeAsync(ServiceRequest request, CancellationToken cancellation)
    {
        var served = Interlocked.Increment(ref _served);
        var text = System.Text.Encoding.UTF8.GetString(request.Body.Span);
        _arrived.TrySetResult();
        if (text == "wait")
            await _release.Task.WaitAsync(cancellation);
        return text switch
        {
            "refuse" => new(ServiceStatus.Refused, "refusal"u8.ToArray()),
            "busy once" when served == 1 => new(ServiceStatus.Busy, default),
            "limited once" when served == 1 => new(ServiceStatus.RateLimited, default),
            "busy" => new(ServiceStatus.Busy, default),
            "malformed" => new(ServiceStatus.Malformed, default),
            "limited" => new(ServiceStatus.RateLimited, default),
            "late" => new(ServiceStatus.TimedOut, default),
            _ => new(ServiceStatus.Ok, System.Text.Encoding.UTF8.GetBytes($"{request.Kind} {text}")),
        };
    }
}
