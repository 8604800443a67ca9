using System.Collections.Concurrent;
using NuCypher.P2P.Actors.Journal;
using NuCypher.P2P.Actors.Alice;
using NuCypher.P2P.Actors.Bob;
using NuCypher.P2P.Actors.Discovery;
using NuCypher.P2P.Actors.Network;
using NuCypher.P2P.Actors.Ursula;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Alice;
using NuCypher.P2P.Policy.Kits;
using NuCypher.P2P.Policy.Sessions;

namespace NuCypher.P2P.Actors.Tests.Hosting;

public sealed class NodeActorsTests : IAsyncLifetime
{
    private const int Nodes = 7;
    private static readonly PolicyLabel Label = PolicyLabel.Parse("reports/2026");
    private readonly ConcurrentDictionary<ushort, IActorRef> _doors = new();
    private readonly List<TestNode> _nodes = [];

    public async ValueTask InitializeAsync()
    {
        for (var i = 0; i < Nodes; i++)
        {
            var identity = Identity.Random(TestNode.Random);
            _nodes.Add(await TestNode.Start(
                _doors, NodeJournal.OfMemory(), identity, [.. _nodes.Take(1).Select(n => n.Address)]));
        }

        foreach (var node in _nodes)
            await node.Actors.Membership.Ask<MemberJoined>(new WhenJoined(), TestNode.Limit);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
            await node.DisposeAsync();
    }

    [Fact]
    [Trait("Row", "NW-11"), Trait("Row", "AC-01")]
    public async Task Grant_ThenRetrieve_OpensTheMessageWithTwoUrsulasDead()
    {
        var (alice, bob) = (_nodes[0], _nodes[1]);
        var kit = MessageKit.Encrypt(
            alice.Identity.PolicyKey(Label), "the plan"u8, alice.Identity.Signer, TestNode.Random);

        var granted = await Ask<GrantPublished>(
            alice, alice.Actors.Alice, new MakeGrant(Terms(bob, TimeSpan.FromHours(1))));
        foreach (var holder in granted.Grant.Holders.Take(2))
            _doors.TryRemove(_nodes.Single(n => n.Identity.Id == holder.Ursula).Door, out _);
        var retrieved = await Ask<Retrieved>(
            bob, bob.Actors.Bob, new Retrieve(alice.Identity.VerifyingKey, Label, [kit.Capsule]));

        Assert.True(granted.MapHolders >= 3);
        Assert.Equal(5, granted.Grant.Holders.Count);
        var opening = kit.OpenReencrypted(
            bob.Identity.DecryptingKey, retrieved.Map.PolicyKey, retrieved.CapsuleFrags[0], out var content);
        Assert.Equal(KitOpening.Opened, opening);
        Assert.Equal("the plan"u8.ToArray(), content!.Bytes.ToArray());
    }

    [Fact]
    public async Task Revoke_AfterAGrant_TakesTheMapBackAndMakesEveryUrsulaForget()
    {
        var (alice, bob) = (_nodes[0], _nodes[1]);
        var kit = MessageKit.Encrypt(alice.Identity.PolicyKey(Label), "the plan"u8, null, TestNode.Random);
        var granted = await Ask<GrantPublished>(
            alice, alice.Actors.Alice, new MakeGrant(Terms(bob, TimeSpan.FromHours(1))));

        var renewed = await Ask<GrantPublished>(
            alice, alice.Actors.Alice, new RenewGrant(granted.Grant.Hrac, DateTimeOffset.UtcNow.AddHours(2)));
        var revocation = await Ask<GrantRevocation>(alice, alice.Actors.Alice, new RevokeGrant(granted.Grant.Hrac));
        var refused = await Ask<MapNotFetched>(
            bob, bob.Actors.Bob, new Retrieve(alice.Identity.VerifyingKey, Label, [kit.Capsule]));

        Assert.True(renewed.Grant.Validity.NotAfter > granted.Grant.Validity.NotAfter);
        Assert.True(revocation.Grant.IsRevoked);
        Assert.Equal(MapRefusal.Withdrawn, refused.Reason);
        foreach (var node in _nodes)
            Assert.Equal(0, (await node.Actors.Ursula!.Ask<UrsulaState>(new GetUrsulaState(), TestNode.Limit)).Held);
    }

    [Fact]
    [Trait("Row", "AC-01")]
    public async Task Alice_ImpossibleTerms_RefusesAndGoesOn()
    {
        var (alice, bob) = (_nodes[0], _nodes[1]);
        var possible = Terms(bob, TimeSpan.FromHours(1));

        var never = await Ask<GrantNotMade>(alice, alice.Actors.Alice, new MakeGrant(possible with { Threshold = 6 }));
        var granted = await Ask<GrantPublished>(alice, alice.Actors.Alice, new MakeGrant(possible));
        var past = await Ask<OrderNotDone>(
            alice, alice.Actors.Alice, new RenewGrant(granted.Grant.Hrac, possible.Validity.NotBefore.AddHours(-1)));

        Assert.Equal(GrantRefusal.InvalidTerms, never.Refusal);
        Assert.Equal(GrantRefusal.InvalidTerms, past.Refusal);
    }

    [Fact]
    public async Task Kademlia_AfterAFailure_IsInTheSwarmAndPublishesAgain()
    {
        var (alice, bob) = (_nodes[1], _nodes[0]);
        await Ask<GrantPublished>(alice, alice.Actors.Alice, new MakeGrant(Terms(bob, TimeSpan.FromHours(1))));
        var before = await PeersOf(alice);

        alice.Actors.Kademlia.Tell(new SetValue(0, default, null!), ActorRefs.NoSender);
        var after = await PeersOf(alice);
        using var limit = new CancellationTokenSource(TestNode.Limit);
        while (after.Contacts.Count == 0 || after.Statistics.Published < before.Statistics.Published)
        {
            limit.Token.ThrowIfCancellationRequested();
            after = await PeersOf(alice);
        }

        Assert.Equal(2, before.Statistics.Published);
        Assert.Equal(2, after.Statistics.Published);
    }

    private static Task<Peers> PeersOf(TestNode node) =>
        node.Actors.Kademlia.Ask<Peers>(new GetPeers(), TestNode.Limit);

    private static GrantTerms Terms(TestNode bob, TimeSpan duration)
    {
        var now = DateTimeOffset.UtcNow;
        return new GrantTerms(Label, bob.Identity.BobCard, 3, 5, new Validity(now.AddMinutes(-1), now + duration));
    }

    // Progress comes before the answer, so that a plain Ask would take it for the answer.
    private static async Task<T> Ask<T>(TestNode node, IActorRef actor, object message)
    {
        var answer = new TaskCompletionSource<object>(TaskCreationOptions.RunContinuationsAsynchronously);
        var asker = node.System.ActorOf(ActorProps.Of(() => new AnswerActor(answer)));
        actor.Tell(message, asker);
        return Assert.IsType<T>(await answer.Task.WaitAsync(TestNode.Limit));
    }

    private sealed class AnswerActor : ReceiveActor
    {
        public AnswerActor(TaskCompletionSource<object> answer)
        {
            Receive<Progress>(_ => { });
            ReceiveAny(message => answer.TrySetResult(message));
        }
    }
}
