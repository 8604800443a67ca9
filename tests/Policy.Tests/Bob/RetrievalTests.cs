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
        Assert.Equal(
            Enumerable.Repeat(UrsulaOutcomeKind.Reencrypted, 3), finished.Outcomes.Select(outcome => outcome.Kind));
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
    [Trait("Row", "NW-11")]
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
        using var delegating = Cast.Alice.DelegatingKey(Cast.Label);
        var wrong = ProxyReencryption.GenerateKeyFrags( // Mallory's word instead of Alice's
            delegating, Cast.Bob.EncryptingKey, Cast.Mallory.Signer, 3, 5, true, true, Cast.Random());
        foreach (var bad in new[] { 0, 1 })
            scene.Holder(bad).Tamper = Reencrypting(scene, bad, wrong[bad].ToBytes());
        NodeId[] liars = [.. scene.Grant.Holders.Take(2).Select(holder => holder.Ursula)];

        var finished = Assert.IsType<RetrievalFinished>(scene.Run());

        Assert.Contains(finished.Outcomes, outcome => liars.Contains(outcome.Ursula)); // 3 of 5 are asked at least
        Assert.All(finished.Outcomes, outcome => Assert.Equal(
            liars.Contains(outcome.Ursula) ? UrsulaOutcomeKind.BadCapsuleFrag : UrsulaOutcomeKind.Reencrypted,
            outcome.Kind));
        Assert.Equal(KitOpening.Opened, scene.Open(finished, out _));
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
    public void Run_MapUnderAnotherPolicyKeyThanTheDeposits_BlamesNoHonestUrsula()
    {
        var scene = new Scene();
        var map = scene.Map with { PolicyKey = Cast.Mallory.EncryptingKey };
        var retrieval = new Retrieval(
            map, Cast.Alice.VerifyingKey, scene.Grant.Hrac, Cast.Bob, [Kit.Capsule], new RetrievalOptions(),
            scene.Network.Now,
            Cast.Random());

        var failed = Assert.IsType<RetrievalFailed>(scene.Network.Run(retrieval));

        Assert.Equal(5, failed.Outcomes.Count);
        Assert.All(failed.Outcomes, o => Assert.Equal(UrsulaOutcomeKind.OtherDeposit, o.Kind));
    }

    [Fact]
    public void Terms_AnyOtherField_AreOthers()
    {
        var deposit = Orders.Deposit();
        Digest[] all =
        [
            deposit.Terms,
            (deposit with { Alice = Cast.Mallory.VerifyingKey }).Terms,
            (deposit with { Name = default }).Terms,
            (deposit with { Version = new(1) }).Terms,
            (deposit with { Bob = deposit.Bob with { EncryptingKey = Cast.Mallory.EncryptingKey } }).Terms,
            (deposit with { Bob = deposit.Bob with { VerifyingKey = Cast.Mallory.VerifyingKey } }).Terms,
            (deposit with { PolicyKey = Cast.Mallory.EncryptingKey }).Terms,
        ];

        Assert.Equal(all.Length, all.Distinct().Count());
        Assert.Equal(deposit.Terms, (deposit with { Ursula = Cast.Mallory.Id, KeyFragHash = default }).Terms);
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
    public void Run_AnswersSignedBySomebodyElse_AreBadAnswers()
    {
        var scene = new Scene();
        foreach (var ursula in scene.Network.Ursulas)
            ursula.Tamper = (_, _, body) => (ServiceStatus.Ok, Orders.Signed(ClaimsOf(body), Cast.Mallory));

        var failed = Assert.IsType<RetrievalFailed>(scene.Run());

        Assert.Equal(0, failed.Received);
        Assert.All(failed.Outcomes, o => Assert.Equal(UrsulaOutcomeKind.BadAnswer, o.Kind));
    }

    [Theory]
    [InlineData(ServiceStatus.Refused, UrsulaOutcomeKind.BadAnswer)]
    [InlineData(ServiceStatus.Busy, UrsulaOutcomeKind.Overloaded)]
    [InlineData(ServiceStatus.PinMismatch, UrsulaOutcomeKind.PinMismatch)]
    public void Run_GoodAnswersUnderAnotherStatus_DoNotCount(ServiceStatus status, UrsulaOutcomeKind expected)
    {
        var scene = new Scene();
        foreach (var ursula in scene.Network.Ursulas)
            ursula.Tamper = (_, _, body) => (status, body);

        var failed = Assert.IsType<RetrievalFailed>(scene.Run());

        Assert.Equal(0, failed.Received);
        Assert.All(failed.Outcomes, o => Assert.Equal(expected, o.Kind));
    }

    [Theory]
    [InlineData("", UrsulaOutcomeKind.Refused)]
    [InlineData("signed by another", UrsulaOutcomeKind.BadAnswer)]
    [InlineData("to another request", UrsulaOutcomeKind.BadAnswer)]
    [InlineData("in another's name", UrsulaOutcomeKind.BadAnswer)]
    [InlineData("as an answer", UrsulaOutcomeKind.BadAnswer)]
    public void Run_Refusals_CountIfHersAndToThisRequest(string fault, UrsulaOutcomeKind expected)
    {
        var scene = new Scene();
        foreach (var ursula in scene.Network.Ursulas)
        {
            ursula.Tamper = (_, _, body) =>
            {
                var request = fault == "to another request" ? default : ClaimsOf(body).Request;
                var id = fault == "in another's name" ? Cast.Mallory.Id : ursula.Identity.Id;
                var refusal = new ServiceRefusal(request, id, RefusalReason.Revoked, scene.Network.Now);
                return (fault == "as an answer" ? ServiceStatus.Ok : ServiceStatus.Refused, Orders.Signed(
                    refusal, fault == "signed by another" ? Cast.Mallory : ursula.Identity));
            };
        }

        var failed = Assert.IsType<RetrievalFailed>(scene.Run());

        Assert.Equal(5, failed.Outcomes.Count);
        Assert.All(failed.Outcomes, o => Assert.Equal(expected, o.Kind));
        Assert.Equal(
            expected == UrsulaOutcomeKind.Refused ? RefusalReason.Revoked : RefusalReason.None, failed.Refusal);
    }

    [Theory, InlineData(0), InlineData(1)]
    public void Run_MoreOrFewerCapsuleFragsThanCapsules_AreBadAnswers(int capsules)
    {
        var scene = new Scene();
        foreach (var ursula in scene.Network.Ursulas)
        {
            ursula.Tamper = (_, _, body) =>
            {
                var frags = ClaimsOf(body).CapsuleFrags;
                ReadOnlyMemory<byte>[] other = capsules == 0 ? [.. frags, frags[0]] : [frags[0]];
                return (ServiceStatus.Ok, Orders.Signed(ClaimsOf(body) with { CapsuleFrags = other }, ursula.Identity));
            };
        }

        var failed = Assert.IsType<RetrievalFailed>(scene.Run([.. Enumerable.Repeat(Kit.Capsule, capsules + 1)]));

        Assert.All(failed.Outcomes, o => Assert.Equal(UrsulaOutcomeKind.BadAnswer, o.Kind));
    }

    [Fact]
    public void Run_CapsuleFragsOfTwoSharesInOneAnswer_AreBad()
    {
        var scene = new Scene();
        byte[]? first = null;
        foreach (var ursula in scene.Network.Ursulas)
        {
            ursula.Tamper = (_, _, body) => (ServiceStatus.Ok, Resign(body, ursula, frags =>
            {
                first ??= frags[1];
                frags[1] = first;
            }));
        }

        var failed = Assert.IsType<RetrievalFailed>(scene.Run([Kit.Capsule, Kit.Capsule]));

        Assert.Equal(1, failed.Received);
        Assert.Equal(4, failed.Outcomes.Count(o => o.Kind == UrsulaOutcomeKind.BadCapsuleFrag));
    }

    [Fact]
    public void Found_SomebodyElse_IsNotAsked()
    {
        var scene = new Scene();
        var retrieval = scene.Retrieval([Kit.Capsule], Cast.Bob);
        var asked = retrieval.Start(scene.Network.Now).OfType<FindUrsula>().First().Ursula;

        var effects = retrieval.Found(asked, Cast.Target(Cast.Mallory), scene.Network.Now);

        Assert.Empty(effects.OfType<CallUrsula>());
        var outcome = Assert.Single(effects.OfType<Progress>()).Outcome;
        Assert.Equal((asked, UrsulaOutcomeKind.NotFound), (outcome.Ursula, outcome.Kind));
    }

    [Fact]
    public void Found_TwiceOrNeverLookedFor_HasNoEffect()
    {
        var scene = new Scene();
        var retrieval = scene.Retrieval([Kit.Capsule], Cast.Bob);
        var asked = retrieval.Start(scene.Network.Now).OfType<FindUrsula>().First().Ursula;
        var target = Cast.Target(scene.Network.Of(asked).Identity);

        Assert.Single(retrieval.Found(asked, target, scene.Network.Now).OfType<CallUrsula>());
        Assert.Empty(retrieval.Found(asked, target, scene.Network.Now));
        Assert.Empty(retrieval.Found(Cast.Mallory.Id, Cast.Target(Cast.Mallory), scene.Network.Now));
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
        scene.Network.Run(
            OrderSession.Revoke(scene.Grant, Cast.Alice, new GrantOptions(), scene.Network.Now, Cast.Random()));

        var failed = Assert.IsType<RetrievalFailed>(scene.Run());

        Assert.Equal(
            (RetrievalFailure.TooFewUrsulas, RefusalReason.Revoked, 0),
            (failed.Failure, failed.Refusal, failed.Received));
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
                    new ServiceRefusal(
                        ClaimsOf(body).Request, ursula.Identity.Id, RefusalReason.Revoked, Cast.Now), ursula.Identity))
                : (_, _, _) => (ServiceStatus.Unreachable, []);
        }

        Assert.Equal(expected, Assert.IsType<RetrievalFailed>(scene.Run()).Refusal);
    }

    [Theory]
    [InlineData(-1, RefusalReason.NotYet)]
    [InlineData(1, RefusalReason.None)]
    [InlineData(3601, RefusalReason.Expired)]
    [Trait("Row", "AC-03"), Trait("Row", "PO-01")]
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

        Assert.Equal((RefusalReason.UnknownPolicy, 0), (failed.Refusal, failed.Received));
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
    public void Wake_AtTheDeadlineWithCallsUnanswered_NamesThemAbandoned()
    {
        var scene = new Scene();
        var retrieval = scene.Retrieval([Kit.Capsule], Cast.Bob);
        var now = scene.Network.Now;
        NodeId[] asked = [.. retrieval.Start(now).OfType<FindUrsula>().Select(find => find.Ursula)];
        foreach (var ursula in asked)
            retrieval.Found(ursula, Cast.Target(scene.Network.Of(ursula).Identity), now);

        var failed = Assert.IsType<RetrievalFailed>(retrieval.Wake(now + new RetrievalOptions().Deadline)[^1]);

        Assert.Equal(
            asked.Select(ursula => (ursula, UrsulaOutcomeKind.Abandoned)),
            failed.Outcomes.Select(outcome => (outcome.Ursula, outcome.Kind)));
    }

    [Fact]
    public void Wake_AfterEachHedgeDelay_AsksOneMoreWhileThereIsOne()
    {
        var scene = new Scene();
        var retrieval = scene.Retrieval([Kit.Capsule], Cast.Bob);
        var (now, options) = (scene.Network.Now, new RetrievalOptions());

        var start = retrieval.Start(now);
        Assert.Equal(
            [now + options.Deadline, now + options.HedgeDelay], start.OfType<WakeAt>().Select(wake => wake.Time));
        Assert.Empty(retrieval.Wake(now + options.HedgeDelay - TimeSpan.FromTicks(1)));

        // Of five three are asked; the fourth comes with a wish to be woken for the fifth, and that is the last.
        var late = now + options.HedgeDelay + TimeSpan.FromMilliseconds(7);
        var fourth = retrieval.Wake(late);
        Assert.Single(fourth.OfType<FindUrsula>());
        Assert.Equal([late + options.HedgeDelay], fourth.OfType<WakeAt>().Select(wake => wake.Time));
        Assert.Empty(retrieval.Wake(late + options.HedgeDelay - TimeSpan.FromTicks(1)));
        Assert.IsType<FindUrsula>(Assert.Single(retrieval.Wake(late + options.HedgeDelay)));
    }

    [Fact]
    public void Start_HedgeNotBeforeTheDeadline_WakesForTheDeadlineAlone()
    {
        var scene = new Scene();
        var options = new RetrievalOptions { HedgeDelay = TimeSpan.FromSeconds(9), Deadline = TimeSpan.FromSeconds(9) };
        var retrieval = scene.Retrieval([Kit.Capsule], Cast.Bob, options);

        var wakes = retrieval.Start(scene.Network.Now).OfType<WakeAt>();

        Assert.Equal([scene.Network.Now + options.Deadline], wakes.Select(wake => wake.Time));
    }

    [Fact]
    public void Answer_SignedButUseless_AsksTheNextAtOnce()
    {
        var scene = new Scene();
        var retrieval = scene.Retrieval([Kit.Capsule], Cast.Bob);
        var now = scene.Network.Now;
        var asked = retrieval.Start(now).OfType<FindUrsula>().First().Ursula;
        var ursula = scene.Network.Of(asked);
        var call = Assert.Single(retrieval.Found(asked, Cast.Target(ursula.Identity), now).OfType<CallUrsula>());
        var (status, body) = ursula.Serve(call.Kind, call.Body, now)!.Value;

        var effects = retrieval.Answer(call.CallId, status, Resign(body, ursula, frags => frags[0][300] ^= 1), now);

        var outcome = Assert.Single(effects.OfType<Progress>()).Outcome;
        Assert.Equal((asked, UrsulaOutcomeKind.BadCapsuleFrag), (outcome.Ursula, outcome.Kind));
        Assert.Single(effects.OfType<FindUrsula>());
        Assert.Empty(retrieval.Answer(call.CallId, status, body, now));
    }

    [Theory]
    [InlineData(true, true, UrsulaOutcomeKind.BadCapsuleFrag), InlineData(true, false, UrsulaOutcomeKind.OtherDeposit)]
    [InlineData(false, true, UrsulaOutcomeKind.OtherDeposit)]
    public void Run_WrongCapsuleFrag_IsHerFaultOnlyIfSheSaysThatSheHoldsTheSame(
        bool hasTerms, bool hasKey, UrsulaOutcomeKind expected)
    {
        var scene = new Scene();
        foreach (var ursula in scene.Network.Ursulas)
        {
            ursula.Tamper = (_, _, body) =>
            {
                var claims = ClaimsOf(Resign(body, ursula, frags => frags[0][300] ^= 1));
                claims = hasTerms ? claims : claims with { Terms = default };
                claims = hasKey ? claims : claims with { PolicyKey = Cast.Mallory.EncryptingKey };
                return (ServiceStatus.Ok, Orders.Signed(claims, ursula.Identity));
            };
        }

        var failed = Assert.IsType<RetrievalFailed>(scene.Run());

        Assert.All(failed.Outcomes, outcome => Assert.Equal(expected, outcome.Kind));
    }

    [Fact]
    public void Run_CorrectAnswersOfTwoSplittingsButOfNeitherEnough_EndsBeforeTheDeadline()
    {
        var scene = new Scene();
        var (old, start) = (Orders.Split(3, 5), scene.Network.Now);
        for (var i = 0; i < 2; i++)
            scene.Holder(i).Tamper = Reencrypting(scene, i, old[i].ToBytes());
        scene.Holder(2).Tamper = (_, _, _) => (ServiceStatus.Unreachable, []);

        var failed = Assert.IsType<RetrievalFailed>(scene.Run());

        Assert.Equal((RetrievalFailure.TooFewUrsulas, 2), (failed.Failure, failed.Received));
        Assert.Equal(4, failed.Outcomes.Count(outcome => outcome.Kind == UrsulaOutcomeKind.Reencrypted));
        Assert.True(scene.Network.FinishedAt < start.AddSeconds(5));
    }

    [Theory]
    [InlineData(2, 3, RefusalReason.Busy), InlineData(3, 2, RefusalReason.NotYet)]
    [InlineData(2, 2, RefusalReason.NotYet)]
    public void Run_RefusalsForSeveralReasons_GivesTheOneOfMost(int notYet, int busy, RefusalReason expected)
    {
        var scene = new Scene();
        for (var i = 0; i < 5; i++)
        {
            var ursula = scene.Holder(i);
            var reason = i < busy ? RefusalReason.Busy : RefusalReason.NotYet;
            ursula.Tamper = i >= notYet + busy
                ? (_, _, _) => (ServiceStatus.Unreachable, [])
                : (_, _, body) => (ServiceStatus.Refused, Orders.Signed(
                    new ServiceRefusal(ClaimsOf(body).Request, ursula.Identity.Id, reason, Cast.Now),
                    ursula.Identity));
        }

        Assert.Equal(expected, Assert.IsType<RetrievalFailed>(scene.Run()).Refusal);
    }

    [Fact]
    public void New_NoCapsuleOrTooMany_IsWrongUse()
    {
        var scene = new Scene();

        Assert.Throws<ArgumentOutOfRangeException>(() => scene.Retrieval([], Cast.Bob));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => scene.Retrieval([.. Enumerable.Repeat(Kit.Capsule, 17)], Cast.Bob));
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
        return Orders.Signed(
            claims with { CapsuleFrags = [.. frags.Select(f => (ReadOnlyMemory<byte>)f)] }, ursula.Identity);
    }

    private static ReencryptionResponse ClaimsOf(byte[] body)
    {
        Assert.True(SignedMessage.TryRead<ReencryptionResponse>(body, out var message, out _));
        return message.Claims;
    }

    private static Func<ServiceKind, ServiceStatus, byte[], (ServiceStatus, byte[])?> Reencrypting(
        Scene scene, int holder, byte[] kfrag)
    {
        Assert.True(VerifiedKeyFrag.TryReadTrusted(kfrag, out var other));
        var wrong = ProxyReencryption.Reencrypt(Kit.Capsule, other, Cast.Random()).ToBytes();
        return (_, _, body) =>
            (ServiceStatus.Ok, Resign(body, scene.Holder(holder), frags => wrong.CopyTo(frags[0], 0)));
    }

    /// <summary>A grant of 3 of 5, and Bob with its map.</summary>
    private sealed class Scene
    {
        public Scene()
        {
            using var session = new GrantSession(
                new(
                    Cast.Label, Cast.Bob.BobCard, 3, 5,
                    Cast.Validity), null, Cast.Alice, new GrantOptions(), Cast.Now, Cast.Random());
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

        public Retrieval Retrieval(
            IReadOnlyList<Capsule> capsules, Identity bob, RetrievalOptions? options = null) => new(
            Map, Cast.Alice.VerifyingKey, Grant.Hrac, bob, capsules, options ?? new RetrievalOptions(), Network.Now,
            Cast.Random());

        public KitOpening Open(RetrievalFinished finished, out MessageContent? content) =>
            Kit.OpenReencrypted(Cast.Bob.DecryptingKey, Map.PolicyKey, finished.CapsuleFrags[0], out content);
    }
}
