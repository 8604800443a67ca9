using System.Net.Security;
using Akka.Configuration;
using Microsoft.AspNetCore.Http;
using NuCypher.P2P.Actors.Facts;
using NuCypher.P2P.Actors.Hosting;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Messages;
using NuCypher.P2P.Policy.Rules;
using NuCypher.P2P.Policy.Services;
using NuCypher.P2P.Policy.Ursula;
using NuCypher.P2P.Policy.Wire;

namespace NuCypher.P2P.Node.Tests.Facts;

public sealed class FactActorTests : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly FactOptions Here = new() { AllowPrivate = true, TimeLimit = Limit };

    private readonly ActorSystem _system = ActorSystem.Create(
        "facts", NodeConfig.Of(ConfigurationFactory.Empty, ConfigurationFactory.Empty));
    private FactHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await FactHost.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _system.Terminate();
    }

    [Fact]
    [Trait("Row", "PO-04")]
    public async Task Gather_HostThatAnswers_IsJudgedAndAskedOnceForAll()
    {
        _host.Answer = context => context.Response.WriteAsync("""{"paid":true,"sum":5}""");
        var facts = Start(Here);
        var paid = Fact("order", "/paid", JsonComparison.Equal, "true");
        var sum = Fact("order", "/sum", JsonComparison.Greater, "5");

        var known = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => GatherAsync(facts, paid, sum)));

        Assert.All(known, k => Assert.Equal((Truth.True, Truth.False), (k[paid], k[sum])));
        Assert.Equal(1, _host.Requests);
    }

    [Theory]
    [InlineData("status"), InlineData("redirect"), InlineData("long"), InlineData("endless"), InlineData("text")]
    public async Task Gather_HostThatSaysNothingUseful_IsNotKnown(string how)
    {
        _host.Answer = context => how switch
        {
            "status" => Say(context, 500, "true"),
            "redirect" => Redirect(context),
            "long" => Say(context, 200, "true" + new string(' ', (16 * 1024) - 3)), // cut, it would be good
            "endless" => Endless(context),
            _ => Say(context, 200, "true indeed"),
        };
        var fact = Fact("x", "", JsonComparison.Equal, "true");

        var known = await GatherAsync(Start(Here), fact);

        Assert.Equal(Truth.Unknown, known[fact]);
        Assert.Equal(1, _host.Requests);
    }

    [Fact]
    public async Task Gather_AnswerOfTheLongestLength_IsJudged()
    {
        _host.Answer = context => Say(context, 200, new string(' ', (16 * 1024) - 4) + "true");
        var fact = Fact("x", "", JsonComparison.Equal, "true");

        Assert.Equal(Truth.True, (await GatherAsync(Start(Here), fact))[fact]);
    }

    [Fact]
    public async Task Gather_HostThatNeverAnswers_IsNotKnownInTime()
    {
        var end = new TaskCompletionSource();
        _host.Answer = _ => end.Task;
        var fact = Fact("x", "", JsonComparison.Equal, "true");

        var known = await GatherAsync(Start(Here with { TimeLimit = TimeSpan.FromMilliseconds(300) }), fact);

        Assert.Equal(Truth.Unknown, known[fact]);
        end.SetResult();
    }

    [Fact]
    public async Task Gather_HostOnTheNodesOwnMachine_IsNotEvenConnectedTo()
    {
        var fact = Fact("x", "", JsonComparison.Equal, "true");

        var known = await GatherAsync(Start(new FactOptions { TimeLimit = Limit }), fact);

        Assert.Equal(Truth.Unknown, known[fact]);
        Assert.Equal(0, _host.Requests);
    }

    [Fact]
    public async Task Gather_HostThatNobodyVouchesFor_IsNotBelieved()
    {
        _host.Answer = context => Say(context, 200, "true");
        var fact = Fact("x", "", JsonComparison.Equal, "true");

        var known = await GatherAsync(_system.ActorOf(Props.Create(() => new FactActor(Here, null))), fact);

        Assert.Equal(Truth.Unknown, known[fact]);
        Assert.Equal(0, _host.Requests);
    }

    [Fact]
    public async Task Gather_AsManyUrlsUnderWayAsThereMayBe_OneMoreIsNotKnownAtOnce()
    {
        var (asked, end) = (new SemaphoreSlim(0), new TaskCompletionSource());
        _host.Answer = async context =>
        {
            asked.Release();
            await end.Task;
            await Say(context, 200, "true");
        };
        var facts = Start(Here with { MaxUrls = 2 });
        JsonFact[] all = [.. Enumerable.Range(0, 3).Select(i => Fact($"{i}", "", JsonComparison.Equal, "true"))];
        var underWay = all.Take(2).Select(fact => GatherAsync(facts, fact)).ToList();
        Assert.True(await asked.WaitAsync(Limit) && await asked.WaitAsync(Limit));

        var third = await GatherAsync(facts, all[2]);
        end.SetResult();
        var known = await Task.WhenAll(underWay);
        var later = await GatherAsync(facts, all[2]);

        Assert.Equal(Truth.Unknown, third[all[2]]);
        Assert.Equal([Truth.True, Truth.True], known.Select((k, i) => k[all[i]]));
        Assert.Equal(Truth.True, later[all[2]]);
    }

    private JsonFact Fact(string path, string pointer, JsonComparison comparison, string value)
    {
        Assert.True(JsonFact.TryCreate(_host.Url(path), pointer, comparison, value, out var fact));
        return fact;
    }

    private IActorRef Start(FactOptions options)
    {
        RemoteCertificateValidationCallback trust = (_, shown, _, _) => _host.IsMine(shown);
        return _system.ActorOf(Props.Create(() => new FactActor(options, trust)));
    }

    private static async Task<KnownFacts> GatherAsync(IActorRef facts, params JsonFact[] questions)
    {
        using var alice = Identity.Random(new Actors.OperatingSystemRandom());
        var order = new RevocationOrder(alice.VerifyingKey, default, alice.Id, default);
        var bytes = SignedMessage.Sign(order, alice.Signer, new Actors.OperatingSystemRandom()).Bytes;
        Assert.True(UrsulaRequest.TryRead(ServiceKind.Revoke, bytes.Span, out var request, out _));
        return (await facts.Ask<ServeWithFacts>(new GatherFacts(questions, request, ActorRefs.Nobody), Limit)).Facts;
    }

    private static Task Say(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsync(text);
    }

    private Task Redirect(HttpContext context)
    {
        context.Response.Redirect(_host.Url("elsewhere"));
        return context.Response.WriteAsync("true");
    }

    private static async Task Endless(HttpContext context)
    {
        await context.Response.WriteAsync("true");
        while (!context.RequestAborted.IsCancellationRequested)
            await context.Response.WriteAsync("          ");
    }
}
