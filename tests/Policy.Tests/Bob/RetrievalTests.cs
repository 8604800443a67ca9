using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy.Alice;
using NuCypher.P2P.Policy.Bob;
using NuCypher.P2P.Policy.Kits;
using NuCypher.P2P.Policy.Messages;
using NuCypher.P2P.Policy.Records;
using NuCypher.P2P.Policy.Services;
using NuCypher.P2P.Policy.Sessions;
using NuCypher.P2P.Policy.Tests.Support;
using NuCypher.P2P.Policy.Wire;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Policy.Tests.Bob;

public sealed class RetrievalTests
{
    private static readonly MessageKit Kit =
        MessageKit.Encrypt(Cast.Alice.PolicyKey(Cast.Label), "holiday"u8, Cast.Mallory.Signer, Cast.Random(50));

    [Fact]
    public void Run_EverybodyWell_AsksAThresholdAndOpensTheKit()
    {
        var scene = new Scene();

        var finished = Assert.IsType<RetrievalFinished>(scene.Run());

        Assert.Equal(KitOpening.Opened, scene.Open(finished, out var content));
        Assert.Equal("holiday"u8, content!.Bytes.Span);
        Assert.Equal(Cast.Mallory.VerifyingKey, content.Author);
        Assert.Equal(3, scene.Calls);
    }

    [Fact]
    public void Run_ManyCapsules_EachGetsAThreshold()
    {
        var scene = new Scene();
        MessageKit[] kits = [.. Enumerable.Range(60, 16).Select(seed =>
            MessageKit.Encrypt(Cast.Alice.PolicyKey(Cast.Label), [(byte)seed], null, Cast.Random(seed)))];

        var finished = Assert.IsType<RetrievalFinished>(scene.Run([.. kits.Select(k => k.Capsule)]));

        for (var i = 0; i < kits.Length; i++)
        {
            Assert.Equal(KitOpening.Opened, kits[i].OpenReencrypted(
                Cast.Bob.DecryptingKey, scene.Map.PolicyKey, finished.CapsuleFrags[i], out var content));
            Assert.Equal(60 + i, content!.Bytes.Span[0]);
        }
    }

    [Fact]
    public void Run_DeadAndSlow_AreReplacedAndHedged()
    {
        var scene = new Scene();
        scene.Holder(0).Tamper = (_, _, _) => (ServiceStatus.Unreachable, []);
        scene.Network.Lost.Add(scene.Grant.Holders[1].Ursula);
        foreach (var holder in scene.Grant.Holders.Skip(2))
            scene.Network.Delays[holder.Ursula] = TimeSpan.FromMilliseconds(400);
        var start = scene.Network.Now;

        Assert.IsType<RetrievalFinished>(scene.Run());

        Assert.True(scene.Network.FinishedAt < start.AddSeconds(1));
    }

    [Fact]
    public void Run_AllSilentButAThreshold_TheHedgeFindsThemLongBeforeTheTimeLimit()
    {
        var scene = new Scene();
        scene.Holder(0).Tamper = (_, _, _) => null;
        scene.Holder(1).Tamper = (_, _, _) => null;
        var start = scene.Network.Now;

        Assert.IsType<RetrievalFinished>(scene.Run());

        Assert.True(scene.Network.FinishedAt < start.AddSeconds(1), $"{scene.Network.FinishedAt - start}");
    }

    [Fact]
    public void Run_WrongCapsuleFrags_NamesTheUrsulaAndFinishesWithOthers()
    {
        var scene = new Scene();
        foreach (var bad in new[] { 0, 1 })
            scene.Holder(bad).Tamper = Reencrypting(scene, bad, Orders.Split(3, 5)[0].ToBytes());

        var outcomes = Outcomes(scene.Run());

        foreach (var outcome in outcomes.Where(o => scene.Grant.Holders.Take(2).Any(h => h.Ursula == o.Ursula)))
            Assert.NotEqual(UrsulaOutcomeKind.TimedOut, outcome.Kind);
    }

    [Fact]
    public void Run_ResponseWithAlteredCapsuleFrag_IsABadCapsuleFrag()
    {
        var scene = new Scene();
        for (var i = 0; i < 3; i++)
        {
            var ursula = scene.Holder(i);
            ursula.Tamper = (_, _, body) => (ServiceStatus.Ok, Resign(body, ursula, frags => frags[0][300] ^= 1));
        }

        var failed = Assert.IsType<RetrievalFailed>(scene.Run());

        Assert.Equal((RetrievalFailure.TooFewUrsulas, 2, 3), (failed.Failure, failed.Received, failed.Threshold));
        Assert.Equal(3, failed.Outcomes.Count(o => o.Kind == UrsulaOutcomeKind.BadCapsuleFrag));
    }

    [Fact]
    public void Run_CopiedCapsuleFrag_IsARepetition()
    {
        var scene = new Scene();
        byte[]? copy = null;
        for (var i = 0; i < 5; i++)
        {
            var ursula = scene.Holder(i);
            ursula.Tamper = (_, _, body) => (ServiceStatus.Ok, Resign(body, ursula, frags =>
            {
                copy ??= [.. frags[0]];
                copy.CopyTo(frags[0], 0);
            }));
        }

        var failed = Assert.IsType<RetrievalFailed>(scene.Run());

        Assert.Equal(1, failed.Received);
        Assert.Equal(4, failed.Outcomes.Count(o => o.Kind == UrsulaOutcomeKind.RepeatedCapsuleFrag));
    }

    [Fact]
    public void Run_AnswersSignedByAnotherOrOverAnotherRequest_AreBadAnswers()
    {
        var scene = new Scene();
        byte[]? first = null;
        for (var i = 0; i < 5; i++)
            scene.Holder(i).Tamper = (_, status, body) => (status, first ??= body);

        var failed = Assert.IsType<RetrievalFailed>(scene.Run());

        Assert.Equal(4, failed.Outcomes.Count(o => o.Kind == UrsulaOutcomeKind.BadAnswer));
    }

    [Fact]
    public void Run_AnswersInTheNameOfAnotherUrsula_AreBadAnswers()
    {
        var scene = new Scene();
        foreach (var ursula in scene.Network.Ursulas)
        {
            ursula.Tamper = (_, _, body) => (ServiceStatus.Ok, Orders.Signed(
                ClaimsOf(body) with { Ursula = Cast.Ursula.Id }, ursula.Identity));
        }

        var failed = Assert.IsType<RetrievalFailed>(scene.Run());

        Assert.All(failed.Outcomes, o => Assert.Equal(UrsulaOutcomeKind.BadAnswer, o.Kind));
    }

    [Fact]
    public void Run_Revoked_SaysSo()
    {
        var scene = new Scene();
        scene.Network.Run(OrderSession.Revoke(scene.Grant, Cast.Alice, new GrantOptions(), scene.Network.Now, Cast.Random()));

        var failed = Assert.IsType<RetrievalFailed>(scene.Run());

        Assert.Equal((RetrievalFailure.TooFewUrsulas, RefusalReason.Revoked, 0), (failed.Failure, failed.Refusal, failed.Received));
        Assert.Equal(5, failed.Outcomes.Count);
    }

    [Theory]
    [InlineData(2, RefusalReason.None)]
    [InlineData(3, RefusalReason.Revoked)]
    public void Run_SomeClaimThatItIsRevoked_AreBelievedIfTheyCouldMakeItTrue(int liars, RefusalReason expected)
    {
        var scene = new Scene();
        for (var i = 0; i < 5; i++)
        {
            var ursula = scene.Holder(i);
            ursula.Tamper = i < liars
                ? (_, _, body) => (ServiceStatus.Refused, Orders.Signed(
                    new ServiceRefusal(ClaimsOf(body).Request, ursula.Identity.Id, RefusalReason.Revoked, Cast.Now), ursula.Identity))
                : (_, _, _) => (ServiceStatus.Unreachable, []);
        }

        Assert.Equal(expected, Assert.IsType<RetrievalFailed>(scene.Run()).Refusal);
    }

    [Theory]
    [InlineData(-1, RefusalReason.NotYet)]
    [InlineData(1, RefusalReason.None)]
    [InlineData(3601, RefusalReason.Expired)]
    public void Run_OutsideItsTime_RefusedByAllUrsulas(int seconds, RefusalReason expected)
    {
        var scene = new Scene();
        scene.Network.Now = Cast.Validity.NotBefore.AddSeconds(seconds);

        var end = scene.Run();

        Assert.Equal(expected, end is RetrievalFailed failed ? failed.Refusal : RefusalReason.None);
        Assert.Equal(expected == RefusalReason.None, end is RetrievalFinished);
        Assert.True(end is RetrievalFinished || Outcomes(end).Count == 5);
    }

    [Fact]
    public void Run_BobThatAliceDidNotName_GetsNothing()
    {
        var scene = new Scene();

        var failed = Assert.IsType<RetrievalFailed>(scene.Run(bob: Cast.Mallory));

        Assert.Equal((RefusalReason.BadSignature, 0), (failed.Refusal, failed.Received));
    }

    [Fact]
    public void Found_Nobody_AsksTheNextAtOnce()
    {
        var scene = new Scene();
        var retrieval = scene.Retrieval([Kit.Capsule], Cast.Bob);
        NodeId[] first = [.. retrieval.Start(scene.Network.Now).OfType<FindUrsula>().Select(find => find.Ursula)];

        var next = Assert.Single(retrieval.Found(first[0], null, scene.Network.Now).OfType<FindUrsula>());

        Assert.Equal(3, first.Length);
        Assert.DoesNotContain(next.Ursula, first);
    }

    [Fact]
    public void Wake_AtTheDeadline_Fails()
    {
        var scene = new Scene();
        var retrieval = scene.Retrieval([Kit.Capsule], Cast.Bob);
        var now = scene.Network.Now;
        retrieval.Start(now);

        var failed = Assert.IsType<RetrievalFailed>(retrieval.Wake(now + new RetrievalOptions().Deadline)[^1]);

        Assert.Equal(RetrievalFailure.DeadlinePassed, failed.Failure);
        Assert.Empty(retrieval.Wake(now.AddDays(1)));
    }

    [Fact]
    public void New_NoCapsuleOrTooMany_IsWrongUse()
    {
        var scene = new Scene();

        Assert.Throws<ArgumentOutOfRangeException>(() => scene.Retrieval([], Cast.Bob));
        Assert.Throws<ArgumentOutOfRangeException>(() => scene.Retrieval([.. Enumerable.Repeat(Kit.Capsule, 17)], Cast.Bob));
    }

    [Fact]
    public void Run_SomeUrsulasHoldAnOlderSplitting_DoesNotMixThem()
    {
        var scene = new Scene();
        var old = Orders.Split(3, 5);
        for (var i = 0; i < 2; i++)
            scene.Holder(i).Tamper = Reencrypting(scene, i, old[i].ToBytes());

        var finished = Assert.IsType<RetrievalFinished>(scene.Run());

        Assert.Equal(KitOpening.Opened, scene.Open(finished, out _));
    }

    private static IReadOnlyList<UrsulaOutcome> Outcomes(SessionEffect end) =>
        end is RetrievalFinished finished ? finished.Outcomes : Assert.IsType<RetrievalFailed>(end).Outcomes;

    private static byte[] Resign(byte[] body, TestUrsula ursula, Action<byte[][]> change)
    {
        var claims = ClaimsOf(body);
        byte[][] frags = [.. claims.CapsuleFrags.Select(f => f.ToArray())];
        change(frags);
        return Orders.Signed(claims with { CapsuleFrags = [.. frags.Select(f => (ReadOnlyMemory<byte>)f)] }, ursula.Identity);
    }

    private static ReencryptionResponse ClaimsOf(byte[] body)
    {
        Assert.True(SignedMessage.TryRead<ReencryptionResponse>(body, out var message, out _));
        return message.Claims;
    }

    private static Func<ServiceKind, ServiceStatus, byte[], (ServiceStatus, byte[])?> Reencrypting(Scene scene, int holder, byte[] kfrag)
    {
        Assert.True(VerifiedKeyFrag.TryReadTrusted(kfrag, out var other));
        var wrong = ProxyReencryption.Reencrypt(Kit.Capsule, other, Cast.Random()).ToBytes();
        return (_, _, body) => (ServiceStatus.Ok, Resign(body, scene.Holder(holder), frags => wrong.CopyTo(frags[0], 0)));
    }

    /// <summary>A grant of 3 of 5, and Bob with its map.</summary>
    private sealed class Scene
    {
        public Scene()
        {
            using var session = new GrantSession(
                new(Cast.Label, Cast.Bob.BobCard, 3, 5, Cast.Validity), null, Cast.Alice, new GrantOptions(), Cast.Now, Cast.Random());
            Grant = Assert.IsType<GrantFinished>(Network.Run(session)).Grant;
            Assert.True(SignedRecord.TryRead(Grant.MapRecord.Span, out var record));
            Assert.True(record.TryVerify(RecordSignatures.Verify, out var verified));
            Assert.True(EncryptedTreasureMap.TryRead(verified, out var encrypted, out _));
            Assert.True(encrypted.TryOpen(Cast.Bob.DecryptingKey, out var map, out _));
            Map = map;
            Network.Calls.Clear();
        }

        public VirtualNetwork Network { get; } = new(6);

        public Grant Grant { get; }

        public TreasureMap Map { get; }

        public int Calls => Network.Calls.Count;

        public TestUrsula Holder(int share) => Network.Of(Grant.Holders[share].Ursula);

        public SessionEffect Run(IReadOnlyList<Capsule>? capsules = null, Identity? bob = null) =>
            Network.Run(Retrieval(capsules ?? [Kit.Capsule], bob ?? Cast.Bob));

        public Retrieval Retrieval(IReadOnlyList<Capsule> capsules, Identity bob) => new(
            Map, Cast.Alice.VerifyingKey, Grant.Hrac, bob, capsules, new RetrievalOptions(), Network.Now, Cast.Random());

        public KitOpening Open(RetrievalFinished finished, out MessageContent? content) =>
            Kit.OpenReencrypted(Cast.Bob.DecryptingKey, Map.PolicyKey, finished.CapsuleFrags[0], out content);
    }
}
