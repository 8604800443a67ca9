using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NuCypher.P2P.Actors.Links;
using NuCypher.P2P.Node.Errors;
using NuCypher.P2P.Node.Https;
using NuCypher.P2P.Policy.Services;

namespace NuCypher.P2P.Node.Tests.Https;

public sealed class HttpsServerTests : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private static readonly string Key = new('a', 40);

    private readonly TemporaryFolder _folder = new();
    private HttpClient _client = null!;
    private HttpsServer _server = null!;
    private X509Certificate2 _certificate = null!;

    public async ValueTask InitializeAsync()
    {
        NodeCertificate.Write(_folder.File("tls.pem"), DateTimeOffset.UnixEpoch.AddYears(55));
        _certificate = NodeCertificate.Read(_folder.File("tls.pem"));
        (_server, _client) = await StartAsync(new HttpsOptions());
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _client.Dispose();
        _certificate.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("/v1/arrangements", ServiceKind.ProposeArrangement)]
    [InlineData("/v1/kfrags", ServiceKind.DepositKeyFrag)]
    [InlineData("/v1/reencrypt", ServiceKind.Reencrypt)]
    [InlineData("/v1/renew", ServiceKind.Renew)]
    [InlineData("/v1/revoke", ServiceKind.Revoke)]
    [InlineData("/v1/reach", ServiceKind.Reach)]
    [Trait("Row", "NW-14")]
    public async Task Post_BodyAtTheLimit_ReachesUrsulaAndOneMoreByteDoesNot(string path, object kind)
    {
        var limit = ServiceRoute.Of((ServiceKind)kind).MaxRequestSize;

        using var whole = await PostAsync(path, new byte[limit]);
        using var longer = await PostAsync(path, new byte[limit + 1]);
        using var chunked = await PostAsync(path, new byte[limit + 1], chunked: true);

        Assert.Equal(HttpStatusCode.OK, whole.StatusCode);
        Assert.Equal($"{kind} {limit}", await whole.Content.ReadAsStringAsync());
        await AssertProblemAsync(longer, HttpStatusCode.RequestEntityTooLarge, "too-large");
        await AssertProblemAsync(chunked, HttpStatusCode.RequestEntityTooLarge, "too-large");
    }

    [Fact]
    public async Task Post_RefusedByUrsula_CarriesHerSignedRefusal()
    {
        using var response = await PostAsync("/v1/renew", "refuse"u8.ToArray());

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal(ServiceRoute.ContentType, response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("refusal", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Post_BusyUrsula_IsServiceUnavailable()
    {
        using var response = await PostAsync("/v1/renew", "busy"u8.ToArray());

        await AssertProblemAsync(response, HttpStatusCode.ServiceUnavailable, "busy");
    }

    [Fact]
    public async Task Post_UrsulaThatFails_TellsNothingOfTheFailure()
    {
        using var response = await PostAsync("/v1/renew", "throw"u8.ToArray());

        Assert.DoesNotContain("inner words", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await AssertProblemAsync(response, HttpStatusCode.InternalServerError, "internal-error");
    }

    [Fact]
    public async Task Post_OtherContentType_IsRefused()
    {
        using var response = await _client.PostAsync(new Uri("/v1/renew", UriKind.Relative), new StringContent("x"));

        await AssertProblemAsync(response, HttpStatusCode.UnsupportedMediaType, "content-type");
    }

    [Theory, InlineData("/nothing", HttpStatusCode.NotFound), InlineData("/v1/renew", HttpStatusCode.MethodNotAllowed)]
    public async Task Get_NoSuchPath_IsAProblem(string path, HttpStatusCode status)
    {
        using var response = await _client.GetAsync(new Uri(path, UriKind.Relative));

        await AssertProblemAsync(response, status, "no-such-path");
    }

    [Fact]
    [Trait("Row", "NW-14")]
    public async Task Map_PutThenGet_GivesTheSameBytes()
    {
        using var put = await PutMapAsync(Key, new byte[1_232]);
        using var longer = await PutMapAsync(Key, new byte[1_233]);
        using var found = await _client.GetAsync(MapOf(Key));
        using var missing = await _client.GetAsync(MapOf(new string('b', 40)));

        Assert.Equal(HttpStatusCode.NoContent, put.StatusCode);
        await AssertProblemAsync(longer, HttpStatusCode.RequestEntityTooLarge, "too-large");
        Assert.Equal(new byte[1_232], await found.Content.ReadAsByteArrayAsync());
        await AssertProblemAsync(missing, HttpStatusCode.NotFound, "no-record");
    }

    [Theory, InlineData("00"), InlineData("zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task Map_KeyThatIsNone_IsMalformed(string key)
    {
        using var get = await _client.GetAsync(MapOf(key));
        using var put = await PutMapAsync(key, [1]);

        await AssertProblemAsync(get, HttpStatusCode.BadRequest, "malformed");
        await AssertProblemAsync(put, HttpStatusCode.BadRequest, "malformed");
    }

    [Fact]
    public async Task Status_Json_NamesTheNodeAndItsPeers()
    {
        using var status = JsonDocument.Parse(await _client.GetStringAsync(new Uri("/v1/status", UriKind.Relative)));
        using var peers = JsonDocument.Parse(await _client.GetStringAsync(new Uri("/v1/peers", UriKind.Relative)));

        Assert.Equal(Status.NodeId, status.RootElement.GetProperty("nodeId").GetString());
        Assert.Equal(93_784, status.RootElement.GetProperty("uptimeSeconds").GetInt64());
        Assert.Equal("127.0.0.1:4001", peers.RootElement[0].GetProperty("udp").GetString());
    }

    [Fact]
    public async Task Swarm_Json_SaysWhatWasCounted()
    {
        using var swarm = JsonDocument.Parse(await _client.GetStringAsync(new Uri("/v1/swarm", UriKind.Relative)));
        var root = swarm.RootElement;

        Assert.Equal(4_000, root.GetProperty("records").GetInt32());
        Assert.Equal(2, root.GetProperty("buckets")[1].GetProperty("doubted").GetInt32());
        Assert.Equal(6, root.GetProperty("requests")[1].GetProperty("silent").GetInt64());
        Assert.Equal(9, root.GetProperty("refused").GetProperty("malformed").GetInt64());
        Assert.Equal("value", root.GetProperty("recent")[0].GetProperty("kind").GetString());
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/metrics")]
    [InlineData("/v1/status")]
    [InlineData("/v1/peers")]
    [InlineData("/swarm")]
    [InlineData("/v1/swarm")]
    public async Task Status_ActorsDoNotAnswer_IsATimeOut(string path)
    {
        var backend = Backend() with
        {
            Status = _ => Task.FromException<NodeStatus>(
            new AskTimeoutException("Ursula is busy")),
            Swarm = _ => Task.FromException<SwarmStatus>(new AskTimeoutException("Kademlia is busy")),
        };
        var (server, client) = await StartAsync(new HttpsOptions(), backend);
        await using var _ = server;
        using var __ = client;

        using var response = await client.GetAsync(new Uri(path, UriKind.Relative));

        await AssertProblemAsync(response, HttpStatusCode.GatewayTimeout, "timed-out");
    }

    [Fact]
    public async Task Metrics_Gauges_SayTheStatus()
    {
        var metrics = await _client.GetStringAsync(new Uri("/metrics", UriKind.Relative));

        Assert.Contains("\nnucypher_policies_held 3\n", metrics, StringComparison.Ordinal);
        Assert.Contains("\nnucypher_uptime_seconds 93784\n", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_Root_IsEncodedHtmlUnderAStrictPolicy()
    {
        using var response = await _client.GetAsync(new Uri("/", UriKind.Relative));
        var page = await response.Content.ReadAsStringAsync();

        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains(
            "default-src 'none'", response.Headers.GetValues("Content-Security-Policy").Single(),
            StringComparison.Ordinal);
        Assert.Contains(Status.NodeId, page, StringComparison.Ordinal);
        Assert.Contains("1 d 2 h 3 min 4 s", page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.DoesNotContain("http://", page, StringComparison.Ordinal);
        Assert.DoesNotContain("https://", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_BodyThatNeverComes_EndsAtTheTimeLimitAndQuietly()
    {
        using var logs = new CountingLogs();
        var (server, client) = await StartAsync(
            new HttpsOptions { ReadTimeLimit = TimeSpan.FromMilliseconds(200) }, logs: logs);
        await using var _ = server;
        using var __ = client;
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(server.Address);
        await using var tls = new SslStream(
            tcp.GetStream(), false, (_, c, _, _) => c?.GetCertHashString() == _certificate.GetCertHashString());
        await tls.AuthenticateAsClientAsync("nucypher");

        await tls.WriteAsync((
            "POST /v1/renew HTTP/1.1\r\nHost: x\r\nContent-Type: application/octet-stream\r\n"u8
            + "Content-Length: 10\r\n\r\nab"u8).ToArray());
        using var reader = new StreamReader(tls);
        var lines = new List<string>();
        while (!lines.Any(line => line.Contains("urn:", StringComparison.Ordinal)))
            lines.Add(await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30)) ?? "urn: none");
        tcp.Close();
        await server.StopAsync(TimeSpan.FromSeconds(30));

        Assert.StartsWith("HTTP/1.1 408 ", lines[0], StringComparison.Ordinal);
        Assert.Contains("Connection: close", lines);
        Assert.Contains("urn:nucypher:problem:late", lines[^1], StringComparison.Ordinal);
        Assert.Empty(logs.Loud);
    }

    [Theory]
    [InlineData("Transfer-Encoding: chunked", "80000000\r\nab\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked", "ffffffffffffffffff\r\n")]
    [InlineData("Transfer-Encoding: chunked", "zz\r\nab\r\n"), InlineData("Transfer-Encoding: chunked", "-1\r\nab\r\n")]
    [InlineData("Transfer-Encoding: chunked", "2\r\nabcd\r\n0\r\n\r\n")]
    public async Task Send_BodyFramedWrongly_IsMalformedAndQuiet(string header, string body)
    {
        using var logs = new CountingLogs();
        await using var server = await HttpsServer.StartAsync(
            new IPEndPoint(IPAddress.Loopback, 0), _certificate, Backend(), new HttpsOptions(), logs);

        foreach (var request in new[] { "POST /v1/renew", $"PUT /v1/maps/{Key}" })
        {
            using var tcp = await ConnectAsync(server);
            await using var tls = new SslStream(
                tcp.GetStream(), false, (_, c, _, _) => c?.GetCertHashString() == _certificate.GetCertHashString());
            await tls.AuthenticateAsClientAsync("nucypher");
            await tls.WriteAsync(System.Text.Encoding.ASCII.GetBytes(
                $"{request} HTTP/1.1\r\nHost: x\r\nContent-Type: application/octet-stream\r\n"
                + $"Connection: close\r\n{header}\r\n\r\n{body}"));
            using var reader = new StreamReader(tls);

            Assert.StartsWith(
                "HTTP/1.1 400", await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30)),
                StringComparison.Ordinal);
        }
        Assert.Empty(logs.Loud);
    }

    [Fact]
    public async Task Get_MoreThanTheBurst_IsRateLimited()
    {
        var (server, client) = await StartAsync(new HttpsOptions { RequestBurst = 5, RequestsPerSecond = 1 });
        await using var _ = server;
        using var __ = client;

        var responses = new List<HttpResponseMessage>();
        for (var i = 0; i < 7; i++)
            responses.Add(await client.GetAsync(new Uri("/v1/peers", UriKind.Relative)));

        Assert.All(responses.Take(5), r => Assert.Equal(HttpStatusCode.OK, r.StatusCode));
        Assert.Contains(responses.Skip(5), r => r.StatusCode == HttpStatusCode.TooManyRequests);
        var limited = responses.First(r => !r.IsSuccessStatusCode);
        Assert.Equal(TimeSpan.FromSeconds(1), limited.Headers.RetryAfter?.Delta);
        await AssertProblemAsync(limited, HttpStatusCode.TooManyRequests, "rate-limited");
    }

    [Fact, Trait("Row", "NW-14")]
    public async Task Post_MoreThanUrsulaWorksOnAtOnce_IsBusyAnotherSourceWaitsAndWhatWasAcceptedIsFinished()
    {
        var (work, reached) = (new TaskCompletionSource(), new TaskCompletionSource());
        var backend = Backend() with
        {
            Serve = async (request, _) =>
            {
                reached.TrySetResult();
                await work.Task;
                return Serve(request);
            },
        };
        var (server, client) = await StartAsync(new HttpsOptions { MaxServiceRequests = 1 }, backend);
        await using var _ = server;
        using var __ = client;
        using var other = ClientFrom(server, new IPAddress([127, 0, 0, 10]));

        var accepted = PostToAsync(client, "/v1/renew", [1]);
        await reached.Task.WaitAsync(Limit);
        using var refused = await PostToAsync(client, "/v1/renew", [1]);
        var waits = PostToAsync(other, "/v1/renew", [1]);
        work.SetResult();
        using var finished = await accepted;
        using var served = await waits;

        Assert.Equal(TimeSpan.FromSeconds(1), refused.Headers.RetryAfter?.Delta);
        await AssertProblemAsync(refused, HttpStatusCode.ServiceUnavailable, "busy");
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (finished.StatusCode, served.StatusCode));
    }

    [Theory]
    [InlineData("/v1/renew", "busy", "busy"), InlineData("/nothing", "x", "no-such-path")]
    public async Task Post_EndsWithAProblem_IsCountedByItsType(string path, string body, string type)
    {
        using var counted = new CountedRefusals();

        using var response = await PostAsync(path, System.Text.Encoding.UTF8.GetBytes(body));

        Assert.Contains(type, counted.Problems);
    }

    [Theory, InlineData(SslProtocols.Tls12, false), InlineData(SslProtocols.Tls13, true)]
    public async Task Connect_WithATls_IsLetInIfItIsTheNewest(SslProtocols protocol, bool isLetIn)
    {
        using var connection = await ConnectAsync(_server);
        await using var tls = new SslStream(connection.GetStream(), false, (_, shown, _, _) => IsPinned(shown));

        var refused = await Record.ExceptionAsync(() => tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions { TargetHost = "node", EnabledSslProtocols = protocol }));

        Assert.Equal(isLetIn, refused is null);
    }

    [Fact]
    public async Task Connect_HandshakeThatNeverComes_IsClosedAtTheTimeLimit()
    {
        var (server, client) = await StartAsync(new HttpsOptions { ReadTimeLimit = TimeSpan.FromMilliseconds(200) });
        await using var _ = server;
        using var __ = client;
        using var halfOpen = await ConnectAsync(server);

        Assert.True(await IsClosedAsync(halfOpen));
    }

    [Fact]
    public async Task Send_HeadersThatNeverEnd_IsClosedAtTheTimeLimitAndOthersAreServed()
    {
        var (server, client) = await StartAsync(new HttpsOptions { ReadTimeLimit = TimeSpan.FromMilliseconds(200) });
        await using var _ = server;
        using var __ = client;
        using var slow = await ConnectAsync(server);
        await using var tls = new SslStream(slow.GetStream(), false, (_, shown, _, _) => IsPinned(shown));
        await tls.AuthenticateAsClientAsync("node");

        await tls.WriteAsync("POST /v1/renew HTTP/1.1\r\nHost: x\r\nX-A: "u8.ToArray());
        using var served = await client.GetAsync(new Uri("/health", UriKind.Relative));
        using var reader = new StreamReader(tls);
        var rest = await reader.ReadToEndAsync().WaitAsync(Limit);

        Assert.Equal(HttpStatusCode.OK, served.StatusCode);
        Assert.StartsWith("HTTP/1.1 408", rest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_AnotherSourceThanTheOneOverItsBurst_IsServed()
    {
        var (server, client) = await StartAsync(new HttpsOptions { RequestBurst = 2, RequestsPerSecond = 1 });
        await using var _ = server;
        using var __ = client;
        using var other = ClientFrom(server, new IPAddress([127, 0, 0, 10]));
        for (var i = 0; i < 3; i++)
            (await client.GetAsync(new Uri("/health/live", UriKind.Relative))).Dispose();

        using var limited = await client.GetAsync(new Uri("/health/live", UriKind.Relative));
        using var served = await other.GetAsync(new Uri("/health/live", UriKind.Relative));

        Assert.Equal((HttpStatusCode.TooManyRequests, HttpStatusCode.OK), (limited.StatusCode, served.StatusCode));
    }

    [Theory, InlineData(33, 1), InlineData(1, 9_000)]
    public async Task Get_MoreHeadersThanAreRead_IsRefused(int count, int size)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health");
        for (var i = 0; i < count; i++)
            request.Headers.Add($"x-{i}", new string('a', size));

        using var response = await _client.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestHeaderFieldsTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task Get_LongerLineThanIsRead_IsRefused()
    {
        using var response = await _client.GetAsync(new Uri($"/{new string('a', 2_048)}", UriKind.Relative));

        Assert.Equal(HttpStatusCode.RequestUriTooLong, response.StatusCode);
    }

    [Fact]
    public async Task Get_AnyPath_SaysNotWhichServerItIsAndIsNotKept()
    {
        using var response = await _client.GetAsync(new Uri("/health", UriKind.Relative));

        Assert.False(response.Headers.Contains("Server"));
        Assert.True(response.Headers.CacheControl?.NoStore);
        Assert.Equal(["nosniff"], response.Headers.GetValues("X-Content-Type-Options"));
        Assert.Equal(["no-referrer"], response.Headers.GetValues("Referrer-Policy"));
    }

    [Fact]
    public async Task Connect_ClientThatOffersHttp2_GetsOneRequestAConnection()
    {
        using var connection = await ConnectAsync(_server);
        await using var tls = new SslStream(connection.GetStream(), false, (_, shown, _, _) => IsPinned(shown));

        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "node",
            ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11],
        });

        Assert.Equal(SslApplicationProtocol.Http11, tls.NegotiatedApplicationProtocol);
    }

    [Fact]
    public async Task Connect_MoreThanTheShareOfASource_ItsLongestIdleGivesWay()
    {
        var (server, client) = await StartAsync(new HttpsOptions { MaxConnectionsPerSource = 2 });
        await using var _ = server;
        using var __ = client;
        using var first = await ConnectAsync(server);
        using var second = await ConnectAsync(server);

        using var served = await client.GetAsync(new Uri("/health", UriKind.Relative));

        Assert.Equal(HttpStatusCode.OK, served.StatusCode);
        Assert.True(await IsClosedAsync(first));
    }

    [Fact]
    public async Task Connect_TableFullOfIdleConnectionsOfFourSources_AFifthIsAnswered()
    {
        var (server, client) = await StartAsync(new HttpsOptions());
        await using var _ = server;
        using var __ = client;
        var idle = new List<TcpClient>();
        for (var i = 0; i < 4 * 128; i++)
            idle.Add(await ConnectAsync(server, new IPAddress([127, 0, 0, (byte)(10 + (i % 4))])));

        using var served = await client.GetAsync(new Uri("/health", UriKind.Relative));

        Assert.Equal(HttpStatusCode.OK, served.StatusCode);
        idle.ForEach(connection => connection.Dispose());
    }

    [Fact]
    public async Task Connect_TableFull_ARequestUnderWayIsAnsweredAllTheSame()
    {
        var found = new TaskCompletionSource<ReadOnlyMemory<byte>?>();
        var reached = new TaskCompletionSource();
        var backend = Backend() with
        {
            FetchRecord = _ =>
            {
                reached.TrySetResult();
                return found.Task;
            },
        };
        var (server, client) = await StartAsync(new HttpsOptions { MaxConnections = 2 }, backend);
        await using var _ = server;
        using var __ = client;

        var running = client.GetAsync(MapOf(Key));
        await reached.Task.WaitAsync(Limit);
        using var idle = await ConnectAsync(server);
        using var newcomer = ClientFrom(server, new IPAddress([127, 0, 0, 10]));
        using var served = await newcomer.GetAsync(new Uri("/health", UriKind.Relative));
        found.SetResult(new byte[3]);

        Assert.Equal(HttpStatusCode.OK, served.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await running).StatusCode);
    }

    [Fact]
    public async Task Map_MoreRequestsThanAreServedAtOnce_AreBusy()
    {
        var found = new TaskCompletionSource<ReadOnlyMemory<byte>?>();
        var reached = new TaskCompletionSource();
        var backend = Backend() with
        {
            FetchRecord = _ =>
            {
                reached.TrySetResult();
                return found.Task;
            },
        };
        var (server, client) = await StartAsync(new HttpsOptions { MaxMapRequests = 1 }, backend);
        await using var _ = server;
        using var __ = client;

        var first = client.GetAsync(MapOf(Key));
        await reached.Task.WaitAsync(Limit);
        using var second = await client.GetAsync(MapOf(Key));
        found.SetResult(new byte[3]);
        using var served = await first;
        using var third = await client.GetAsync(MapOf(Key));

        await AssertProblemAsync(second, HttpStatusCode.ServiceUnavailable, "busy");
        Assert.Equal(HttpStatusCode.OK, served.StatusCode);
        Assert.Equal(HttpStatusCode.OK, third.StatusCode);
    }

    [Fact]
    public async Task Paths_OfTheOpenApiDocument_AllExist()
    {
        var operations = OpenApiTests.Operations().ToList();
        foreach (var (method, path) in operations)
        {
            using var request = new HttpRequestMessage(
                new HttpMethod(method), path.Replace("{key}", Key, StringComparison.Ordinal));
            using var response = await _client.SendAsync(request);

            Assert.DoesNotContain("no-such-path", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
        Assert.Equal(19, operations.Count);
    }

    [Theory]
    [InlineData("/health", HttpStatusCode.ServiceUnavailable),
        InlineData("/health/ready", HttpStatusCode.ServiceUnavailable)]
    [InlineData("/health/live", HttpStatusCode.OK)]
    [Trait("Row", "NW-15")]
    public async Task Get_HealthWhileTheDiskIsFull_SaysWhatIsWrong(string path, HttpStatusCode expected)
    {
        HealthFinding[] findings = [.. HealthFinding.Names.Select(name => name switch
        {
            "disk" => HealthFinding.Bad(name, "0 MiB are free: make room"),
            "reachable" => HealthFinding.Open(name, "nobody has tried yet"),
            _ => HealthFinding.Good(name, "well"),
        })];
        var backend = Backend() with { Health = () => Task.FromResult<IReadOnlyList<HealthFinding>>(findings) };
        var (server, client) = await StartAsync(new HttpsOptions(), backend);
        using var response = await client.GetAsync(new Uri(path, UriKind.Relative));
        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync());

        Assert.Equal(expected, response.StatusCode);
        var checks = answer.RootElement.GetProperty("checks");
        if (path != "/health/live")
        {
            Assert.Equal("0 MiB are free: make room", checks.GetProperty("disk").GetProperty("words").GetString());
            Assert.Equal("Degraded", checks.GetProperty("reachable").GetProperty("status").GetString());
        }

        Assert.Equal(path == "/health/ready", !checks.TryGetProperty("actors", out _));
        await server.DisposeAsync();
        client.Dispose();
    }

    [Fact]
    [Trait("Row", "NW-15")]
    public async Task Get_HealthOfWhatIsNotKnownYet_IsReadyAllTheSame()
    {
        HealthFinding[] findings = [.. HealthFinding.Names.Select(name => HealthFinding.Open(name, "not known yet"))];
        var backend = Backend() with { Health = () => Task.FromResult<IReadOnlyList<HealthFinding>>(findings) };
        var (server, client) = await StartAsync(new HttpsOptions(), backend);

        using var response = await client.GetAsync(new Uri("/health/ready", UriKind.Relative));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await server.DisposeAsync();
        client.Dispose();
    }

    [Fact]
    [Trait("Row", "QA-03")]
    [Trait("Row", "QA-05")]
    public async Task Get_MetricsWithPrometheus_HasCountersHistogramsAndGauges()
    {
        var (server, client) = await StartAsync(new HttpsOptions(), metrics: new MetricsOptions { Prometheus = true });
        (await PostToAsync(client, "/v1/reencrypt", "x"u8.ToArray())).Dispose();
        (await PostToAsync(client, "/v1/renew", "refuse"u8.ToArray())).Dispose();

        var text = await client.GetStringAsync(new Uri("/metrics", UriKind.Relative));

        Assert.Matches(
            @"nucypher_service_request_duration_seconds_count"
            + @"\{[^}]*nucypher_service_operation=""Reencrypt""[^}]*\} [1-9]",
            text);
        Assert.Matches(
            @"nucypher_service_refusals(_refusals)?_total\{[^}]*nucypher_service_operation=""Renew""[^}]*\} [1-9]",
            text);
        Assert.Matches(@"nucypher_policies_held(\{[^}]*\})? 3", text);
        Assert.Matches(@"nucypher_dht_requests_sent(_requests)?_total\{[^}]*find_value[^}]*silent[^}]*\} 6", text);
        Assert.Matches(@"nucypher_dht_requests_served(_requests)?_total\{[^}]*ping[^}]*\} 1", text);
        Assert.Matches(@"nucypher_dht_lookup_hops(_hops)?_total\{[^}]*value[^}]*\} 21", text);
        Assert.Matches(@"nucypher_dht_contacts(_nodes)?\{[^}]*doubted[^}]*\} 3", text);
        Assert.Matches(@"nucypher_dht_refused(_refusals)?_total\{[^}]*malformed[^}]*\} 9", text);
        Assert.Matches(@"nucypher_dht_stored_size_bytes(\{[^}]*\})? 5000", text);
        Assert.Matches(@"nucypher_health_disk(\{[^}]*\})? 2", text);
        await server.DisposeAsync();
        client.Dispose();
    }

    [Theory]
    [InlineData("/", null)]
    [InlineData("/v1/status", null)]
    [InlineData("/v1/peers", null)]
    [InlineData("/swarm", null)]
    [InlineData("/v1/swarm", null)]
    [InlineData("/metrics", null)]
    [InlineData("/health", """{"status":"Healthy"}""")]
    [InlineData("/health/live", """{"status":"Healthy"}""")]
    [InlineData("/health/ready", """{"status":"Healthy"}""")]
    public async Task Get_WhatIsForTheOperator_FromElsewhereTellsNothing(string path, string? answer)
    {
        var (here, there) = (_server.Address.Address, IPAddress.Parse("127.0.0.9"));
        var (own, ownClient) = await StartAsync(new HttpsOptions { Operators = ["10.0.0.0/8", "127.0.0.9"] });
        foreach (var prometheus in new[] { false, true })
        {
            var (server, client) = await StartAsync(
                new HttpsOptions { Operators = ["10.0.0.0/8"] },
                metrics: new MetricsOptions { Prometheus = prometheus });
            using var stranger = ClientFrom(server, there);
            using var neighbour = ClientFrom(server, here);

            using var told = await stranger.GetAsync(new Uri(path, UriKind.Relative));
            using var known = await neighbour.GetAsync(new Uri(path, UriKind.Relative));

            if (answer is null)
                await AssertProblemAsync(told, HttpStatusCode.Forbidden, "operators-only");
            else
                Assert.Equal(answer, await told.Content.ReadAsStringAsync());
            Assert.Equal(HttpStatusCode.OK, known.StatusCode);
            Assert.NotEqual(answer, await known.Content.ReadAsStringAsync());
            await server.DisposeAsync();
            client.Dispose();
        }

        using var named = ClientFrom(own, there);
        using var toldToo = await named.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, toldToo.StatusCode);
        Assert.NotEqual(answer, await toldToo.Content.ReadAsStringAsync());
        await own.DisposeAsync();
        ownClient.Dispose();
    }

    [Theory, InlineData("10.0.0.0/33"), InlineData("10.0.0.0/8/8"), InlineData("example.org"), InlineData("")]
    public async Task Start_OperatorThatIsNoNetwork_SaysSo(string network)
    {
        var refused = await Assert.ThrowsAsync<CommandException>(
            () => StartAsync(new HttpsOptions { Operators = [network] }));

        Assert.Equal(ExitCode.Configuration, refused.Code);
        Assert.Contains($"\"{network}\"", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_PortInUse_Throws()
    {
        await Assert.ThrowsAnyAsync<IOException>(() => HttpsServer.StartAsync(
            _server.Address, _certificate, Backend(), new HttpsOptions(), NullLoggerFactory.Instance));
    }

    private static NodeStatus Status { get; } = new(
        "00112233445566778899aabbccddeeff00112233", "02<script>", "1.0", "full", "127.0.0.1:4000", "127.0.0.1:4000",
        DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddSeconds(93_784), 3, 7, 5,
        [new PeerStatus("ff", "127.0.0.1:4001")],
        [HealthFinding.Good("disk", "<much>")]);

    /// <summary>Ursula's place: says what she was asked, or does what the body says.</summary>
    private static HttpsBackend Backend()
    {
        var records = new Dictionary<string, ReadOnlyMemory<byte>>();
        return new HttpsBackend(
            (request, _) => Task.FromResult(Serve(request)),
            _ => Task.FromResult(Status),
            key =>
                Task.FromResult(
                    records.TryGetValue(Convert.ToHexString(key.Span), out var r) ? r : (ReadOnlyMemory<byte>?)null),
            (key, record) =>
            {
                records[Convert.ToHexString(key.Span)] = record.ToArray();
                return Task.FromResult(ServiceStatus.Ok);
            },
            _ => Task.FromResult(SwarmPageTests.Swarm),
            () => Task.FromResult<IReadOnlyList<HealthFinding>>(
            [.. HealthFinding.Names.Select(n => HealthFinding.Good(n, "well"))]));
    }

    private static ServiceReply Serve(ServiceRequest request) =>
        System.Text.Encoding.UTF8.GetString(request.Body.Span) switch
        {
            "refuse" => new(ServiceStatus.Refused, "refusal"u8.ToArray()),
            "busy" => new(ServiceStatus.Busy, default),
            "throw" => throw new InvalidOperationException("inner words"),
            _ => new(ServiceStatus.Ok, System.Text.Encoding.UTF8.GetBytes($"{request.Kind} {request.Body.Length}")),
        };

    private static async Task<TcpClient> ConnectAsync(HttpsServer server, IPAddress? from = null)
    {
        var connection = new TcpClient(new IPEndPoint(from ?? IPAddress.Loopback, 0));
        await connection.ConnectAsync(server.Address);
        return connection;
    }

    private static async Task<bool> IsClosedAsync(TcpClient connection)
    {
        try
        {
            return await connection.GetStream().ReadAsync(new byte[1]).AsTask().WaitAsync(Limit) == 0;
        }
        catch (IOException) // reset
        {
            return true;
        }
    }

    private bool IsPinned(X509Certificate? shown) => shown?.GetCertHashString() == _certificate.GetCertHashString();

    private HttpClient ClientFrom(HttpsServer server, IPAddress source) => new(new SocketsHttpHandler
    {
        SslOptions = { RemoteCertificateValidationCallback = (_, shown, _, _) => IsPinned(shown) },
        ConnectCallback = async (_, cancellation) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(source, 0));
            await socket.ConnectAsync(server.Address, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    { BaseAddress = new Uri($"https://{server.Address}") };

    private async Task<(HttpsServer Server, HttpClient Client)> StartAsync(
        HttpsOptions options, HttpsBackend? backend = null, ILoggerFactory? logs = null, MetricsOptions? metrics = null)
    {
        var server = await HttpsServer.StartAsync(
            new IPEndPoint(IPAddress.Loopback, 0), _certificate, backend ?? Backend(), options,
            logs ?? NullLoggerFactory.Instance, metrics);
        var client = new HttpClient(new SocketsHttpHandler
        {
            SslOptions = { RemoteCertificateValidationCallback = (_, shown, _, _) => IsPinned(shown) },
        })
        { BaseAddress = new Uri($"https://{server.Address}") };
        return (server, client);
    }

    private Task<HttpResponseMessage> PostAsync(string path, byte[] body, bool chunked = false) =>
        PostToAsync(_client, path, body, chunked);

    private static async Task<HttpResponseMessage> PostToAsync(HttpClient client, string path, byte[] body,
        bool chunked = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(ServiceRoute.ContentType);
        request.Headers.TransferEncodingChunked = chunked ? true : null;
        return await client.SendAsync(request);
    }

    private Task<HttpResponseMessage> PutMapAsync(string key, byte[] record) =>
        _client.PutAsync(MapOf(key), new ByteArrayContent(record));

    private static Uri MapOf(string key) => new($"/v1/maps/{key}", UriKind.Relative);

    private static async Task AssertProblemAsync(HttpResponseMessage response, HttpStatusCode status, string type)
    {
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal($"urn:nucypher:problem:{type}", problem.RootElement.GetProperty("type").GetString());
    }
}
