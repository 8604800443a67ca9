using NuCypher.P2P.ActorRuntime.Hosting;
using NuCypher.P2P.Actors.Alice;
using NuCypher.P2P.Actors.Hosting;
using NuCypher.P2P.Actors.Network;
using NuCypher.P2P.Policy.Services;
using NuCypher.P2P.Actors.Sessions;
using NuCypher.P2P.Actors.Tests.Discovery;
using NuCypher.P2P.Actors.Tests.Ursula;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Alice;
using NuCypher.P2P.Policy.Messages;
using NuCypher.P2P.Policy.Ursula;

namespace NuCypher.P2P.Actors.Tests.Alice;

/// <summary>An Alice on virtual time, with grants in her journal.</summary>
public sealed class AliceActorTests
{
    private const int Grants = 5;

    private readonly PolicyParties _parties = new();
    private readonly VirtualTime _time = new();
    private readonly SettableClock _clock;
    private readonly InMemoryJournal _journal = new();

    public AliceActorTests() => _clock = new SettableClock(_time);

    [Fact]
    public void Revoke_ClockSetBackMeanwhile_EndsAtItsDeadline()
    {
        var dispatcher = new DeterministicDispatcher(3, _time);
        _journal.Append("alice", [Made(1)], _ => { });
        var alice = Alice(dispatcher, new AliceOptions(), []);
        dispatcher.RunFor(TimeSpan.FromSeconds(1));
        var label = PolicyLabel.Parse("label 1");
        var revoke = new RevokeGrant(
            _parties.Alice.HracFor(_parties.Bob.BobCard, label), TimeSpan.FromSeconds(10));

        var answer = alice.Ask<GrantRevocation>(revoke, TimeSpan.FromMinutes(5));
        dispatcher.RunFor(TimeSpan.FromSeconds(1));
        _clock.Offset = TimeSpan.FromSeconds(-30);
        dispatcher.RunFor(TimeSpan.FromSeconds(10));

        Assert.True(answer.IsCompletedSuccessfully);
    }

    [Fact]
    public void Recover_MoreGrantsThanArePublishedAtOnce_PublishesAllOfThemOneAfterTheOther()
    {
        var dispatcher = new DeterministicDispatcher(3, _time);
        _journal.Append("alice", [.. Enumerable.Range(1, Grants).Select(Made)], _ => { });
        var asked = new List<KademliaRequest>();
        Alice(dispatcher, new AliceOptions { MaxRepublications = 2 }, asked);

        dispatcher.RunFor(TimeSpan.FromSeconds(1));
        var atFirst = asked.Count;
        dispatcher.RunFor(TimeSpan.FromMinutes(5));

        Assert.Equal(2, atFirst);
        Assert.Equal(Grants, asked.OfType<PublishRecord>().Select(publish => publish.Record.Key).Distinct().Count());
    }

    // Nobody answers her.
    private IActorRef Alice(DeterministicDispatcher dispatcher, AliceOptions options, List<KademliaRequest> asked)
    {
        var system = ActorSystem.Create("node", new ActorSystemOptions
        {
            Dispatcher = dispatcher,
            TimeProvider = _clock,
            Journal = _journal,
            Serializers = PolicySerializers.Create(),
            Random = new Random(3),
        });
        var nobody = system.ActorOf(ActorProps.Of(() => new ScriptedKademlia(asked, _ => null, () => 0)));
        return system.ActorOf(ActorProps.Of(() => new AliceActor(
            _parties.Alice, options, new OperatingSystemRandom(), new SessionPeers(nobody, nobody, nobody))));
    }

    private JournalEntry Made(int number)
    {
        var now = _time.GetUtcNow();
        using var ursula = new UrsulaOfOnePolicy(_parties.Ursula.Proxy);
        var grant = _parties.Grant($"label {number}", new Validity(now, now.AddHours(1)), now, request => ursula.Serve(request, now));
        var made = new GrantMade(grant!);
        return new JournalEntry(number, made.Manifest, made.ToBytes());
    }

    private sealed class UrsulaOfOnePolicy(ProxyKeys keys) : IDisposable
    {
        private static readonly OperatingSystemRandom Random = new();
        private UrsulaPolicy? _policy;

        public ServiceReply Serve(ServiceRequest request, DateTimeOffset now)
        {
            Assert.True(UrsulaRequest.TryRead(
                request.Kind, request.Body.Span, out var read, out _));
            _policy ??= new UrsulaPolicy(read.Policy, keys, new UrsulaOptions(), now);
            var decision = _policy.Decide(read, 0, now, Random);
            foreach (var policyEvent in decision.Events)
                _policy.Apply(policyEvent);
            return new ServiceReply(ServiceStatus.Ok, decision.Reply);
        }

        public void Dispose() => _policy?.Dispose();
    }
}
