using System.Net;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy.Alice;
using NuCypher.P2P.Policy.Messages;
using NuCypher.P2P.Policy.Records;
using NuCypher.P2P.Policy.Rules;
using NuCypher.P2P.Policy.Services;
using NuCypher.P2P.Policy.Sessions;
using NuCypher.P2P.Policy.Tests.Support;
using NuCypher.P2P.Policy.Ursula;
using NuCypher.P2P.Policy.Wire;

namespace NuCypher.P2P.Policy.Tests.Alice;

public sealed class GrantSessionTests
{
    [Fact]
    public void Run_EverybodyWilling_DepositsEachShareOnceAndMakesTheMap()
    {
        var network = new VirtualNetwork(10);

        var finished = Assert.IsType<GrantFinished>(network.Run(Session(3, 5)));

        var grant = finished.Grant;
        Assert.Equal([0, 1, 2, 3, 4], grant.Holders.Select(h => h.Share));
        Assert.All(
            grant.Holders, h => Assert.Equal(PolicyStage.Held, network.Of(h.Ursula).Policies[Cast.PolicyId].Stage));
        Assert.Equal(
            5, network.Ursulas.Count(u => u.Policies.GetValueOrDefault(Cast.PolicyId)?.Stage == PolicyStage.Held));
        var map = MapOf(grant);
        Assert.Equal((3, grant.KeyFragVersion), (map.Threshold, map.KeyFragVersion));
        Assert.Equal(grant.Holders.Select(h => h.Ursula), map.Ursulas);
        Assert.True(network.Now - Cast.Now <= new GrantOptions().Deadline);
        Assert.Equal(GrantStatus.Active, grant.StatusAt(Cast.Now));
    }

    [Fact]
    public void Run_SilentAndUnwilling_AreReplaced()
    {
        var network = new VirtualNetwork(10);
        network.Ursulas[0].Tamper = (_, _, _) => null;
        network.Ursulas[1].Tamper = (_, _, _) => (ServiceStatus.Unreachable, []);
        network.Ursulas[2].Tamper = (_, _, _) => (ServiceStatus.Ok, [1, 2, 3]);
        network.Ursulas[3].Tamper = (_, _, body) => (ServiceStatus.Ok, Orders.Signed(
            new ArrangementAcceptance(
                default, network.Ursulas[3].Identity.Id, Cast.Now.AddMinutes(1)), network.Ursulas[3].Identity));

        var finished = Assert.IsType<GrantFinished>(network.Run(Session(3, 6)));

        Assert.Equal(6, finished.Grant.Holders.Count);
        NodeId[] bad = [.. network.Ursulas[..4].Select(u => u.Identity.Id)];
        Assert.DoesNotContain(finished.Grant.Holders, h => bad.Contains(h.Ursula));
        Assert.True(network.Now <= Cast.Now + new GrantOptions().Deadline);
    }

    [Fact]
    public void Run_OneSilentAmongSpares_CostsNoTime()
    {
        var network = new VirtualNetwork(7);
        network.Ursulas[0].Tamper = (_, _, _) => null;

        Assert.IsType<GrantFinished>(network.Run(Session(3, 5)));

        Assert.True(network.FinishedAt < Cast.Now.AddSeconds(1));
    }

    [Fact]
    public void Run_DepositNotConfirmed_IsWithdrawnAndTheHolderRemembered()
    {
        var network = new VirtualNetwork(8);
        foreach (var ursula in network.Ursulas[..2])
            ursula.Tamper = (operation, status, body) =>
                operation == ServiceKind.ProposeArrangement ? (status, body) : null;

        var finished = Assert.IsType<GrantFinished>(network.Run(Session(2, 6)));

        NodeId[] doubtful = [.. network.Ursulas[..2].Select(u => u.Identity.Id)];
        var unconfirmed = finished.Grant.Holders.Where(h => !h.IsConfirmed).ToList();
        Assert.Equal(doubtful.Order(ById), unconfirmed.Select(h => h.Ursula).Order(ById));
        Assert.All(doubtful, id => Assert.Equal(PolicyStage.Revoked, network.Of(id).Policies[Cast.PolicyId].Stage));
        Assert.DoesNotContain(MapOf(finished.Grant).Ursulas, id => doubtful.Contains(id));
    }

    [Fact]
    public void Run_NothingIsDurable_NoKeyFragLeaves()
    {
        var network = new VirtualNetwork(8) { CrashBeforeDeposit = true };

        Assert.IsType<GrantFailed>(network.Run(Session(2, 3)));

        Assert.Equal(3, network.Planned!.Holders.Count);
        Assert.DoesNotContain(network.Calls, call => call.Kind == ServiceKind.DepositKeyFrag);
    }

    [Fact]
    public void Run_DepositsLost_TheBooksKnowEverybodyWhoMayHoldOne()
    {
        var network = new VirtualNetwork(8);
        foreach (var ursula in network.Ursulas[..3])
            ursula.Tamper = (operation, status, body) =>
                operation == ServiceKind.ProposeArrangement ? (status, body) : null;

        Assert.IsType<GrantFinished>(network.Run(Session(2, 5)));

        NodeId[] sent = [.. network.Calls.Where(c => c.Kind == ServiceKind.DepositKeyFrag).Select(c => c.Target.Id)];
        Assert.Equal(sent.Order(ById), network.Planned!.Holders.Select(h => h.Ursula).Order(ById));
        Assert.All(network.Planned.Holders, h => Assert.InRange(h.Share, 0, 4));
    }

    [Theory]
    [InlineData("203.0.113.{0}", "", false)]
    [InlineData("203.0.{0}.1", "", true)]
    [InlineData("2001:db8:0:1{0:00}::1", "", false)]
    [InlineData("2001:db8:{0}::1", "", true)]
    [InlineData("[2001:db8::{0}]", "", false)]
    [InlineData("::ffff:203.0.113.{0}", "", false)]
    [InlineData("::ffff:203.0.{0}.1", "", true)]
    [InlineData("one.example", "", false)]
    [InlineData("ursula{0}.example", "", true)]
    [InlineData("ursula{0}.example", "203.0.113.{0}", false)]
    [InlineData("127.0.0.{0}", "", true)]
    public void Run_UrsulasOfOneFate_HoldFewerThanAThreshold(string host, string udp, bool isEnough)
    {
        var network = new VirtualNetwork(8);
        network.TargetOf = (index, target) => target with
        {
            Address = target.Address with { Host = string.Format(null, host, index) },
            Udp = udp.Length == 0 ? null : IPAddress.Parse(string.Format(null, udp, index)),
        };

        var end = network.Run(Session(3, 5));

        Assert.Equal(isEnough, end is GrantFinished);
        var deposits = network.Calls.Count(call => call.Kind == ServiceKind.DepositKeyFrag);
        Assert.Equal(isEnough ? 5 : 2, deposits);
        if (end is GrantFailed failed)
            Assert.Equal(6, failed.Outcomes.Count(o => o.Kind == UrsulaOutcomeKind.SharedFate));
    }

    [Theory, InlineData(3, false), InlineData(1, true)]
    public void Run_OneCertificateOnManyHosts_IsOneFate(int threshold, bool isEnough)
    {
        var network = new VirtualNetwork(8);
        network.TargetOf = (index, target) => target with { Address = new($"203.0.{index}.1", 9151, default) };

        Assert.Equal(isEnough, network.Run(Session(threshold, 5)) is GrantFinished);
    }

    [Fact]
    public void Run_LoopbackNotExempt_IsOneHost()
    {
        var network = new VirtualNetwork(8);

        var failed = Assert.IsType<GrantFailed>(
            network.Run(Session(3, 5, new GrantOptions { ExemptLoopback = false })));

        Assert.Equal(2, failed.Deposited);
    }

    [Fact]
    public void Run_DepositRefused_MakesRoomForAnotherOfThatFate()
    {
        var network = new VirtualNetwork(3);
        network.TargetOf = (index, target) => target with
        {
            Address = target.Address with { Host = index < 2 ? "203.0.113.1" : "203.0.114.1" },
        };
        foreach (var ursula in network.Ursulas[..1])
        {
            ursula.Tamper = (operation, status, body) => operation == ServiceKind.ProposeArrangement
                ? (status, body)
                : (ServiceStatus.Refused, Orders.Signed(new ServiceRefusal(
                    Requested(body), ursula.Identity.Id, RefusalReason.NoArrangement, Cast.Now), ursula.Identity));
        }

        var grant = Assert.IsType<GrantFinished>(network.Run(Session(2, 2))).Grant;

        Assert.Equal(2, grant.Holders.Count(h => h.IsConfirmed));
    }

    private static Digest Requested(byte[] receipt)
    {
        Assert.True(SignedMessage.TryRead<PolicyReceipt>(receipt, out var message, out _));
        return message.Claims.Order;
    }

    [Fact]
    public void Run_AcceptancesSignedBySomebodyElse_AreNone()
    {
        var network = new VirtualNetwork(8);
        foreach (var ursula in network.Ursulas[..2])
        {
            ursula.Tamper = (operation, status, body) => operation == ServiceKind.ProposeArrangement
                ? (ServiceStatus.Ok, Orders.Signed(ClaimsOf<ArrangementAcceptance>(body), Cast.Mallory))
                : (status, body);
        }

        var finished = Assert.IsType<GrantFinished>(network.Run(Session(2, 6)));

        NodeId[] forged = [.. network.Ursulas[..2].Select(u => u.Identity.Id)];
        Assert.DoesNotContain(finished.Grant.Holders, h => forged.Contains(h.Ursula));
        Assert.Equal(
            2, finished.Outcomes.Count(o => forged.Contains(o.Ursula) && o.Kind == UrsulaOutcomeKind.BadAnswer));
    }

    [Theory]
    [InlineData("signed by another")]
    [InlineData("of a renewal")]
    [InlineData("of a revocation")]
    [InlineData("of another order")]
    public void Run_DepositWithAReceiptThatIsNone_IsWithdrawnAndTheHolderRemembered(string fault)
    {
        var network = new VirtualNetwork(8);
        var liar = network.Ursulas[0];
        liar.Tamper = (operation, status, body) =>
            operation == ServiceKind.DepositKeyFrag ? (ServiceStatus.Ok, Receipt(body, liar, fault)) : (status, body);

        var finished = Assert.IsType<GrantFinished>(network.Run(Session(2, 7)));

        Assert.DoesNotContain(finished.Grant.Holders, h => h.IsConfirmed && h.Ursula == liar.Identity.Id);
        Assert.Equal(PolicyStage.Revoked, liar.Policies[Cast.PolicyId].Stage);
    }

    [Fact]
    public void Run_WithdrawalAnsweredWithTheReceiptOfADeposit_StaysUnconfirmed()
    {
        var network = new VirtualNetwork(8);
        var liar = network.Ursulas[0];
        liar.Tamper = (operation, status, body) => operation switch
        {
            ServiceKind.DepositKeyFrag => null,
            ServiceKind.Revoke => (ServiceStatus.Ok, Orders.Signed(
                ClaimsOf<PolicyReceipt>(body) with { Kind = PolicyReceiptKind.Deposited }, liar.Identity)),
            _ => (status, body),
        };
        foreach (var ursula in network.Ursulas[1..])
            network.Delays[ursula.Identity.Id] = TimeSpan.FromSeconds(4); // deposits end after the withdrawal

        var finished = Assert.IsType<GrantFinished>(network.Run(Session(2, 7)));

        Assert.Contains(finished.Grant.Holders, h => !h.IsConfirmed && h.Ursula == liar.Identity.Id);
        Assert.Contains(finished.Outcomes, o => o.Ursula == liar.Identity.Id && o.Kind == UrsulaOutcomeKind.BadAnswer);
    }

    [Fact]
    public void Run_TooFewUrsulas_FailsSoonAndWithdrawsWhatWasDeposited()
    {
        var network = new VirtualNetwork(4);

        var failed = Assert.IsType<GrantFailed>(network.Run(Session(3, 5)));

        Assert.Equal((GrantFailure.TooFewUrsulas, 4), (failed.Failure, failed.Deposited));
        Assert.All(network.Ursulas, u => Assert.Equal(PolicyStage.Revoked, u.Policies[Cast.PolicyId].Stage));
    }

    [Fact]
    public void Run_AllFull_SaysSo()
    {
        var network = new VirtualNetwork(0);
        TestUrsula[] full = [.. Enumerable.Range(300, 4).Select(
            seed => new TestUrsula(seed, new UrsulaOptions { MaxPolicies = 0 }))];
        using var session = Session(1, 2, new GrantOptions { MaxFruitlessSearches = 1 });
        Deliver(session, full, session.Start());

        var effects = session.AddCandidates([], Cast.Now);

        var failed = Assert.IsType<GrantFailed>(effects[^1]);
        Assert.Equal(4, failed.Outcomes.Count);
        Assert.All(
            failed.Outcomes, o => Assert.Equal((UrsulaOutcomeKind.Refused, RefusalReason.Full), (o.Kind, o.Reason)));
        Assert.Empty(network.Ursulas);
    }

    [Fact]
    public void AddCandidates_NobodyNew_SearchesAgainAfterThePause()
    {
        using var session = Session(1, 2);
        Assert.Single(session.Start().OfType<FindCandidates>());
        var now = Cast.Now;
        for (var search = 1; search < 3; search++)
        {
            Assert.Equal([new WakeAt(now.AddSeconds(1))], session.AddCandidates([], now));
            Assert.Empty(session.Wake(now.AddMilliseconds(999)));
            now = now.AddSeconds(1);
            Assert.IsType<FindCandidates>(Assert.Single(session.Wake(now)));
        }

        var failed = Assert.IsType<GrantFailed>(Assert.Single(session.AddCandidates([], now)));

        Assert.Equal(GrantFailure.TooFewUrsulas, failed.Failure);
    }

    [Fact]
    public void Start_NoFruitlessSearchAllowed_SearchesOnceAllTheSame()
    {
        using var session = Session(1, 2, new GrantOptions { MaxFruitlessSearches = 0 });

        Assert.Single(session.Start().OfType<FindCandidates>());
        var failed = Assert.IsType<GrantFailed>(Assert.Single(session.AddCandidates([], Cast.Now)));

        Assert.Equal(GrantFailure.TooFewUrsulas, failed.Failure);
    }

    [Fact]
    public void Wake_AfterAFruitlessSearch_GoesOnWithThoseFoundSince()
    {
        using var session = Session(1, 1);
        session.Start();
        session.AddCandidates([], Cast.Now);
        session.Wake(Cast.Now.AddSeconds(1));

        var effects = session.AddCandidates([Cast.Target(Cast.Ursula)], Cast.Now.AddSeconds(1));

        Assert.Equal([Cast.Ursula.Id], effects.OfType<CallUrsula>().Select(c => c.Target.Id));
    }

    [Fact]
    public void Wake_AtTheDeadline_Fails()
    {
        using var session = Session(1, 2);
        session.Start();

        Assert.Empty(session.Wake(Cast.Now.AddSeconds(59)));
        var failed = Assert.IsType<GrantFailed>(session.Wake(Cast.Now.AddSeconds(60))[^1]);
        Assert.Equal(GrantFailure.DeadlinePassed, failed.Failure);
        Assert.Empty(session.Wake(Cast.Now.AddSeconds(61)));
        Assert.Empty(session.AddCandidates([Cast.Target(Cast.Ursula)], Cast.Now));
    }

    [Fact]
    public void Wake_AtTheDeadlineWithADepositUnderWay_WithdrawsThatToo()
    {
        var ursula = new TestUrsula(300);
        using var session = Session(1, 1);
        session.Start();
        var proposal = session.AddCandidates([Cast.Target(ursula.Identity)], Cast.Now).OfType<CallUrsula>().Single();
        var accepted = ursula.Serve(proposal.Kind, proposal.Body, Cast.Now)!.Value;
        session.Answer(proposal.CallId, accepted.Status, accepted.Body, Cast.Now);
        var deposit = Assert.IsType<CallUrsula>(session.Remembered(Cast.Now).Single());

        var withdrawal = session.Wake(Cast.Now.AddSeconds(60)).OfType<CallUrsula>().Single();

        Assert.Equal(
            (ServiceKind.DepositKeyFrag, ServiceKind.Revoke, ursula.Identity.Id),
            (deposit.Kind, withdrawal.Kind, withdrawal.Target.Id));
    }

    [Fact]
    public void Run_WithdrawalConfirmed_HolderIsForgotten()
    {
        var network = new VirtualNetwork(8);
        var lossy = network.Ursulas[0];
        lossy.Tamper = (kind, status, body) => kind == ServiceKind.DepositKeyFrag ? null : (status, body);
        foreach (var ursula in network.Ursulas[1..])
            network.Delays[ursula.Identity.Id] = TimeSpan.FromSeconds(4); // deposits end after the withdrawal

        var finished = Assert.IsType<GrantFinished>(network.Run(Session(2, 7)));

        Assert.Equal(7, finished.Grant.Holders.Count);
        Assert.All(finished.Grant.Holders, h => Assert.True(h.IsConfirmed));
        Assert.Contains(
            finished.Outcomes, o => (o.Ursula, o.Kind) == (lossy.Identity.Id, UrsulaOutcomeKind.Revoked));
    }

    [Fact]
    public void Continue_AsManyProposalsUnderWayAsAreWanted_AsksNobodyElse()
    {
        using var session = Session(1, 2, new GrantOptions { Spares = 1 });

        Assert.Equal(3, session.Start().OfType<FindCandidates>().Single().Count);
        var effects = session.AddCandidates(
            Enumerable.Range(300, 6).Select(seed => Cast.Target(Cast.Person(seed))), Cast.Now);
        var answered = session.Answer(
            effects.OfType<CallUrsula>().First().CallId, ServiceStatus.TimedOut, default, Cast.Now);

        Assert.Equal(3, effects.OfType<CallUrsula>().Count());
        Assert.DoesNotContain(effects, effect => effect is FindCandidates);
        Assert.Single(answered.OfType<CallUrsula>());
    }

    [Fact]
    public void Deposit_TermsWithRules_CarriesThem()
    {
        var rules = new PolicyRules([new Validity(Cast.Now, Cast.Now.AddMinutes(30))]);
        var network = new VirtualNetwork(3);
        using var session = new GrantSession(
            Terms(1, 1) with { Rules = rules }, null, Cast.Alice, new GrantOptions(), Cast.Now, Cast.Random());

        var finished = Assert.IsType<GrantFinished>(network.Run(session));

        var deposit = network.Calls.Single(call => call.Kind == ServiceKind.DepositKeyFrag);
        Assert.Equal(rules.ToBytes(), ClaimsOf<KeyFragDeposit>(deposit.Body.ToArray()).Rules.ToArray());
        Assert.Equal(rules, finished.Grant.Rules);
    }

    [Fact]
    public void AddCandidates_AliceAndBob_AreNeverAsked()
    {
        using var session = Session(1, 2);
        session.Start();

        var effects = session.AddCandidates(
            [Cast.Target(Cast.Bob), Cast.Target(Cast.Alice), Cast.Target(Cast.Ursula)], Cast.Now);

        Assert.Equal([Cast.Ursula.Id], effects.OfType<CallUrsula>().Select(c => c.Target.Id));
    }

    [Fact]
    public void AddCandidates_MoreThanTheLimit_AreForgotten()
    {
        var options = new GrantOptions { MaxCandidates = 3, Spares = 20 };
        using var session = new GrantSession(Terms(1, 2), null, Cast.Alice, options, Cast.Now, Cast.Random());
        session.Start();

        var effects = session.AddCandidates(
            Enumerable.Range(500, 10).Select(seed => Cast.Target(Cast.Person(seed))), Cast.Now);

        Assert.Equal(3, effects.OfType<CallUrsula>().Count());
        Assert.Empty(session.AddCandidates([Cast.Target(Cast.Ursula)], Cast.Now).OfType<CallUrsula>());
    }

    [Fact]
    public void Answer_UnknownOrRepeatedCall_HasNoEffect()
    {
        using var session = Session(1, 1);
        session.Start();
        var call = session.AddCandidates([Cast.Target(Cast.Ursula)], Cast.Now).OfType<CallUrsula>().Single();

        Assert.Empty(session.Answer(999, ServiceStatus.Ok, default, Cast.Now));
        Assert.NotEmpty(session.Answer(call.CallId, ServiceStatus.TimedOut, default, Cast.Now));
        Assert.Empty(session.Answer(call.CallId, ServiceStatus.TimedOut, default, Cast.Now));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(2, 1)]
    [InlineData(1, 33)]
    public void New_ThresholdOrSharesOutOfRange_IsWrongUse(int threshold, int shares) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Session(threshold, shares));

    [Fact]
    public void New_TimeThatEndsBeforeItBegins_IsWrongUse() => Assert.Throws<ArgumentException>(() => new GrantSession(
        Terms(1, 1) with
        {
            Validity = new(
            Cast.Now, Cast.Now)
        }, null, Cast.Alice, new GrantOptions(), Cast.Now, Cast.Random()));

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public void Run_RandomFaults_EndsOnceAndNeverLies(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 4; round++)
        {
            var network = new VirtualNetwork(9, 100 + (round * 10));
            foreach (var ursula in network.Ursulas)
            {
                network.Delays[ursula.Identity.Id] = TimeSpan.FromMilliseconds(random.Next(6000));
                ursula.Tamper = Faulty(random.Next(), random.NextDouble());
            }

            var end = network.Run(Session(2, 4));

            if (end is GrantFinished { Grant: var grant })
                Assert.All(
                    grant.Holders.Where(h => h.IsConfirmed),
                    h => Assert.Equal(PolicyStage.Held, network.Of(h.Ursula).Policies[Cast.PolicyId].Stage));
            else
                Assert.IsType<GrantFailed>(end);
        }
    }

    private static TBody ClaimsOf<TBody>(byte[] body)
        where TBody : class, IProtocolBody<TBody>
    {
        Assert.True(SignedMessage.TryRead<TBody>(body, out var message, out _));
        return message.Claims;
    }

    private static byte[] Receipt(byte[] body, TestUrsula ursula, string fault)
    {
        var receipt = ClaimsOf<PolicyReceipt>(body);
        return Orders.Signed(
            fault switch
            {
                "of a renewal" => receipt with { Kind = PolicyReceiptKind.Renewed },
                "of a revocation" => receipt with { Kind = PolicyReceiptKind.Revoked },
                "of another order" => receipt with { Order = default },
                _ => receipt,
            },
            fault == "signed by another" ? Cast.Mallory : ursula.Identity);
    }

    private static IComparer<NodeId> ById =>
        Comparer<NodeId>.Create((a, b) => string.CompareOrdinal(a.ToString(), b.ToString()));

    private static Func<ServiceKind, ServiceStatus, byte[], (ServiceStatus, byte[])?> Faulty(int seed, double rate)
    {
        var random = new Random(seed);
        return (_, status, body) =>
        {
            if (random.NextDouble() > rate / 2)
                return (status, body);
            body[random.Next(body.Length)] ^= 1;
            return random.Next(2) == 0 ? null : (status, body);
        };
    }

    private static void Deliver(GrantSession session, TestUrsula[] ursulas, IReadOnlyList<SessionEffect> first)
    {
        Assert.Contains(first, effect => effect is FindCandidates);
        Queue<SessionEffect> effects = new(
            session.AddCandidates(ursulas.Select(u => Cast.Target(u.Identity)), Cast.Now));
        while (effects.TryDequeue(out var effect))
        {
            if (effect is DepositsPlanned)
            {
                foreach (var next in session.Remembered(Cast.Now))
                    effects.Enqueue(next);
            }

            if (effect is not CallUrsula call)
                continue;
            var reply = Array.Find(
                ursulas, u => u.Identity.Id == call.Target.Id)!.Serve(call.Kind, call.Body, Cast.Now)!.Value;
            foreach (var next in session.Answer(call.CallId, reply.Status, reply.Body, Cast.Now))
                effects.Enqueue(next);
        }
    }

    private static TreasureMap MapOf(Grant grant)
    {
        Assert.True(SignedRecord.TryRead(grant.MapRecord.Span, out var record));
        Assert.True(record.TryVerify(RecordSignatures.Verify, out var verified));
        Assert.True(EncryptedTreasureMap.TryRead(verified, out var encrypted, out _));
        Assert.True(encrypted.TryOpen(Cast.Bob.DecryptingKey, out var map, out _));
        return map;
    }

    private static GrantTerms Terms(int threshold, int shares) =>
        new(Cast.Label, Cast.Bob.BobCard, threshold, shares, Cast.Validity);

    private static GrantSession Session(int threshold, int shares, GrantOptions? options = null) =>
        new(Terms(threshold, shares), null, Cast.Alice, options ?? new GrantOptions(), Cast.Now, Cast.Random());
}
