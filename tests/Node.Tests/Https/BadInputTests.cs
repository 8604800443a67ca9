using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using NuCypher.P2P.Actors;
using NuCypher.P2P.Actors.Journal;
using NuCypher.P2P.Actors.Links;
using NuCypher.P2P.Actors.Ursula;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Node.Configuration;
using NuCypher.P2P.Node.Hosting;
using NuCypher.P2P.Node.Https;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Messages;
using NuCypher.P2P.Policy.Records;
using NuCypher.P2P.Policy.Services;
using NuCypher.P2P.Policy.Ursula;
using NuCypher.P2P.Policy.Wire;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Node.Tests.Https;

/// <summary>
/// What a stranger or a cheat may send to a whole node over HTTPS: each is answered with a stable code, counted, and
/// changes nothing in the journal.
/// </summary>
public sealed class BadInputTests : IAsyncLifetime
{
    private const int MaxCapsules = 4;

    private static readonly RandomSource Random = new OperatingSystemRandom();

    private readonly TemporaryFolder _folder = new();
    private readonly Identity _ursula = Identity.Random(Random);
    private readonly Identity _eve = Identity.Random(Random);
    private readonly PostingAlice _alice = new();
    private X509Certificate2 _certificate = null!;
    private NodeJournal _journal = null!;
    private RunningNode _node = null!;
    private HttpClient _http = null!;

    public static TheoryData<ServiceKind> Kinds { get; } =
    [
        ServiceKind.ProposeArrangement, ServiceKind.DepositKeyFrag, ServiceKind.Reencrypt, ServiceKind.Renew,
        ServiceKind.Revoke,
    ];

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public async ValueTask InitializeAsync()
    {
        NodeCertificate.Write(_folder.File("tls.pem"), Now);
        _certificate = NodeCertificate.Read(_folder.File("tls.pem"));
        _journal = NodeJournal.OpenOrCreate(_folder.File("journal"), _ursula);
        _node = await RunningNode.StartAsync(new NodeStart
        {
            Identity = _ursula,
            Settings = new NodeSettings { Ursula = new UrsulaOptions { MaxCapsules = MaxCapsules } },
            Logs = NullLoggerFactory.Instance,
            Journal = _journal,
            Udp = new NodeAddress(IPAddress.Loopback, 0),
            Certificate = _certificate,
        });
        _http = new HttpClient(new SocketsHttpHandler
        {
            SslOptions =
            {
                RemoteCertificateValidationCallback =
                    (_, shown, _, _) => shown?.GetCertHashString() == _certificate.GetCertHashString(),
            },
        })
        { BaseAddress = new Uri($"https://{_node.Https}") };
        while (!(await _node.Actors.Ursula!.Ask<UrsulaState>(new GetUrsulaState())).IsRecovered)
            await Task.Yield();
        var target = new ServiceTarget(
            _ursula.Id, _ursula.VerifyingKey, _ursula.EncryptingKey, new ServiceAddress("127.0.0.1", 1, default));
        await _alice.GrantAsync(target, async (kind, body) => (await PostAsync(kind, body)).Reply);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _node.DisposeAsync();
        _alice.Dispose();
        _ursula.Dispose();
        _eve.Dispose();
        _certificate.Dispose();
        _folder.Dispose();
    }

    [Theory, MemberData(nameof(Kinds))]
    [Trait("Row", "NW-14")]
    public Task Post_WrongSignature_IsRefused(ServiceKind kind) => RefusesAsync(
        kind, _alice.Make(kind, _ursula.Id, _eve.Signer),
        kind == ServiceKind.Reencrypt ? RefusalReason.UnknownPolicy : RefusalReason.BadSignature);

    [Theory, MemberData(nameof(Kinds))]
    public Task Post_WrongUrsula_IsRefused(ServiceKind kind) =>
        RefusesAsync(kind, _alice.Make(kind, _eve.Id), RefusalReason.NotForMe);

    [Theory, MemberData(nameof(Kinds))]
    public async Task Post_OversizedBody_IsTooLarge(ServiceKind kind)
    {
        var before = await StateAsync();
        using var counted = new CountedRefusals();

        var (reply, problem) = await PostAsync(kind, new byte[ServiceRoute.Of(kind).MaxRequestSize + 1]);

        Assert.Equal((ServiceStatus.TooLarge, "too-large"), (reply.Status, problem));
        Assert.Contains("too-large", counted.Problems);
        Assert.Equal(before, await StateAsync());
    }

    [Fact]
    public async Task Reencrypt_OldNonce_IsRefused()
    {
        var request = _alice.Make(ServiceKind.Reencrypt, _ursula.Id);
        var first = await PostAsync(ServiceKind.Reencrypt, request);

        Assert.Equal(ServiceStatus.Ok, first.Reply.Status);
        await RefusesAsync(ServiceKind.Reencrypt, request, RefusalReason.Replayed);
    }

    [Theory, InlineData(-61), InlineData(61)]
    public Task Reencrypt_OutsideTheWindow_IsRefused(int seconds) => RefusesAsync(
        ServiceKind.Reencrypt, _alice.Request(_ursula.Id, [_alice.Capsule()], Now.AddSeconds(seconds)),
        RefusalReason.OutsideTimeWindow);

    [Theory, InlineData(-6), InlineData(6)]
    public Task Propose_OutsideTheWindow_IsRefused(int minutes) => RefusesAsync(
        ServiceKind.ProposeArrangement, _alice.Proposal(_ursula.Id, "another", Now.AddMinutes(minutes)),
        RefusalReason.OutsideTimeWindow);

    [Fact]
    public Task Reencrypt_ForeignBob_LearnsNothing() => RefusesAsync(
        ServiceKind.Reencrypt, _alice.Make(ServiceKind.Reencrypt, _ursula.Id, _eve.Signer),
        RefusalReason.UnknownPolicy);

    [Theory]
    [InlineData(ServiceKind.DepositKeyFrag), InlineData(ServiceKind.Reencrypt), InlineData(ServiceKind.Renew)]
    public async Task Post_RevokedPolicy_IsRefused(ServiceKind kind)
    {
        var (deposit, request) = (_alice.Make(kind, _ursula.Id), _alice.Make(ServiceKind.Revoke, _ursula.Id));
        var revoked = await PostAsync(ServiceKind.Revoke, request);

        Assert.Equal(ServiceStatus.Ok, revoked.Reply.Status);
        await RefusesAsync(kind, deposit, RefusalReason.Revoked);
    }

    [Theory]
    [InlineData(ServiceKind.ProposeArrangement), InlineData(ServiceKind.DepositKeyFrag)]
    [InlineData(ServiceKind.Renew), InlineData(ServiceKind.Revoke)]
    public Task Post_ReplayOfAVersion_IsRefused(ServiceKind kind) => RefusesAsync(
        kind, _alice.Make(kind, _ursula.Id, sameVersion: true), RefusalReason.StaleVersion);

    [Fact]
    public Task Reencrypt_MoreCapsulesThanSheTakes_IsRefused() => RefusesAsync(
        ServiceKind.Reencrypt,
        _alice.Request(_ursula.Id, [.. Enumerable.Repeat(_alice.Capsule(), MaxCapsules + 1)], Now),
        RefusalReason.TooManyCapsules);

    [Fact]
    public async Task Reencrypt_CapsulesThatAreAllNone_IsMalformed()
    {
        var before = await StateAsync();
        using var counted = new CountedRefusals();

        var request = PostingAlice.WithCapsules(
            _alice.Request(_ursula.Id, [_alice.Capsule()], Now), [new byte[Capsule.Size]], _alice.Bob);
        var (_, problem) = await PostAsync(ServiceKind.Reencrypt, request);

        Assert.Equal("malformed", problem);
        Assert.Contains("malformed", counted.Problems);
        Assert.Equal(before, await StateAsync());
    }

    [Fact]
    public async Task Reencrypt_ABadCapsuleAmongGoodOnes_TheOthersAreServedAndTheBadOneNamed()
    {
        Capsule[] good = [_alice.Capsule(), _alice.Capsule(), _alice.Capsule()];
        byte[][] sent = [.. good.Select(capsule => capsule.ToBytes())];
        sent[1][90] ^= 1; // its proof
        var request = PostingAlice.WithCapsules(_alice.Request(_ursula.Id, good, Now), sent, _alice.Bob);

        var (reply, _) = await PostAsync(ServiceKind.Reencrypt, request);

        Assert.Equal(ServiceStatus.Ok, reply.Status);
        Assert.True(SignedMessage.TryRead<ReencryptionResponse>(reply.Body.Span, out var response, out _));
        Assert.Equal([false, true, false], response.Claims.CapsuleFrags.Select(cfrag => cfrag.IsEmpty));
        Assert.All([0, 2], i => Assert.True(_alice.IsCorrect(response.Claims.CapsuleFrags[i], good[i])));
    }

    private async Task RefusesAsync(ServiceKind kind, ReadOnlyMemory<byte> body, RefusalReason reason)
    {
        var before = await StateAsync();
        using var counted = new CountedRefusals();

        var (reply, _) = await PostAsync(kind, body);

        Assert.Equal(ServiceStatus.Refused, reply.Status);
        Assert.True(SignedMessage.TryRead<ServiceRefusal>(reply.Body.Span, out var refusal, out _));
        Assert.True(refusal.Verify(_ursula.VerifyingKey, out _));
        Assert.Equal(reason, refusal.Claims.Reason);
        Assert.Contains(reason.ToString(), counted.Refusals);
        Assert.Equal(before, await StateAsync());
    }

    private async Task<string[]> StateAsync() =>
        [.. from history in await _journal.Catalog.ReadAsync("policy-", null, 100)
            from stored in history.Events
            select $"{history.PersistenceId} {stored.SequenceNr} {stored.Manifest} "
                + Convert.ToHexString(stored.Payload.Span)];

    private async Task<(ServiceReply Reply, string Problem)> PostAsync(ServiceKind kind, ReadOnlyMemory<byte> body)
    {
        using var content = new ReadOnlyMemoryContent(body);
        content.Headers.ContentType = new(ServiceRoute.ContentType);
        using var response = await _http.PostAsync(new Uri(ServiceRoute.Of(kind).Path, UriKind.Relative), content);
        var bytes = await response.Content.ReadAsByteArrayAsync();
        var problem = "";
        if (response.Content.Headers.ContentType?.MediaType == "application/problem+json")
        {
            using var json = JsonDocument.Parse(bytes);
            problem = json.RootElement.GetProperty("type").GetString()!["urn:nucypher:problem:".Length..];
        }

        return (new ServiceReply(ServiceRoute.StatusOf((int)response.StatusCode), bytes), problem);
    }
}
