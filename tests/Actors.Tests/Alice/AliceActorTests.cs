using NuCypher.P2P.ActorRuntime.Hosting;
using NuCypher.P2P.Actors.Alice;
using NuCypher.P2P.Actors.Hosting;
using NuCypher.P2P.Actors.Network;
using NuCypher.P2P.Actors.Services;
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
    private readonly InMemoryJournal _journal = new();

    [Fact]
    public void Recover_MoreGrantsThanArePublishedAtOnce_PublishesAllOfThemOneAfterTheOther()
    {
        var dispatcher = new DeterministicDispatcher(3, _time);
        _journal.Append("alice", [.. Enumerable.Range(1, Grants).Select(Made)], _ => { });
        var asked = new List<KademliaRequest>();
        var system = ActorSystem.Create("node", new ActorSystemOptions
        {
            Dispatcher = dispatcher,
            TimeProvider = _time,
            Journal = _journal,
            Serializers = PolicySerializers.Create(),
            Random = new Random(3),
        });
        var kademlia = system.ActorOf(Props.Create(() => new ScriptedKademlia(asked, _ => null, () => 0)));
        var options = new AliceOptions { MaxRepublications = 2 };
        system.ActorOf(Props.Create(() => new AliceActor(
            _parties.Alice, options, new OperatingSystemRandom(), new SessionPeers(kademlia, kademlia, kademlia))));

        dispatcher.RunFor(TimeSpan.FromSeconds(1));
        var atFirst = asked.Count;
        dispatcher.RunFor(TimeSpan.FromMinutes(5));

        Assert.Equal(2, atFirst);
        Assert.Equal(Grants, asked.OfType<PublishRecord>().Select(publish => publish.Record.Key).Distinct().Count());
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
                Enum.Parse<UrsulaOperation>(request.Kind.ToString()), request.Body.Span, out var read, out _));
            _policy ??= new UrsulaPolicy(read.Policy, keys, new UrsulaOptions(), now);
            var decision = _policy.Decide(read, 0, now, Random);
            foreach (var policyEvent in decision.Events)
                _policy.Apply(policyEvent);
            return new ServiceReply(ServiceStatus.Ok, decision.Reply);
        }

        public void Dispose() => _policy?.Dispose();
    }
}
