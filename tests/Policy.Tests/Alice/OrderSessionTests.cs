using NuCypher.P2P.Policy.Alice;
using NuCypher.P2P.Policy.Messages;
using NuCypher.P2P.Policy.Records;
using NuCypher.P2P.Policy.Services;
using NuCypher.P2P.Policy.Sessions;
using NuCypher.P2P.Policy.Tests.Support;
using NuCypher.P2P.Policy.Wire;

namespace NuCypher.P2P.Policy.Tests.Alice;

public sealed class OrderSessionTests
{
    [Fact]
    public void Run_AnswerLostOnTheWay_AsksAgainWithTheSameOrder()
    {
        var (network, grant) = Granted();
        var first = network.Of(grant.Holders[0].Ursula);
        var lost = 0;
        first.Tamper = (_, status, body) => lost++ < 2 ? null : (status, body);
        network.Calls.Clear();

        var finished = Assert.IsType<OrderFinished>(
            network.Run(Revoke(network, grant, new GrantOptions { Grace = TimeSpan.FromMinutes(1) })));

        Assert.Equal(3, finished.Receipts.Count);
        var bodies = network.Calls.Where(
            c => c.Target.Id == first.Identity.Id).Select(c => Convert.ToHexString(c.Body.Span));
        Assert.Equal(3, bodies.Count());
        Assert.Equal(2, finished.Outcomes.Count(o => o.Kind == UrsulaOutcomeKind.TimedOut));
    }

    [Fact]
    public void Run_OneDeadButEnoughDone_EndsAfterTheGrace()
    {
        var (network, grant) = Granted();
        network.Lost.Add(grant.Holders[0].Ursula);
        var start = network.Now;

        var finished = Assert.IsType<OrderFinished>(network.Run(Revoke(network, grant)));

        Assert.Equal(2, finished.Receipts.Count);
        Assert.InRange(
            network.FinishedAt, start + new GrantOptions().Grace,
            start + new GrantOptions().Grace + TimeSpan.FromSeconds(1));
    }

    [Theory]
    [InlineData(true, 14.0)]  // two of five have it after 4 s
    [InlineData(false, 14.5)] // fewer than two have it after 4.5 s
    public void Run_EnoughDoneAfterAWhile_EndsAGraceAfterThat(bool isRenewal, double seconds)
    {
        var (network, grant) = Granted(2, 5);
        network.Lost.Add(grant.Holders[0].Ursula);
        double[] delays = [0, 0, 4, 4.5, 4.5];
        foreach (var (holder, delay) in grant.Holders.Zip(delays))
            network.Delays[holder.Ursula] = TimeSpan.FromSeconds(delay);
        var start = network.Now;

        var finished = Assert.IsType<OrderFinished>(network.Run(isRenewal
            ? OrderSession.Renew(grant, Cast.Validity, Cast.Alice, new GrantOptions(), network.Now, Cast.Random())
            : Revoke(network, grant)));

        Assert.InRange((network.FinishedAt - start).TotalSeconds, seconds, seconds + 0.1);
        Assert.Equal(
            4, finished.Outcomes.Count(o => o.Kind == (isRenewal
                ? UrsulaOutcomeKind.Renewed
                : UrsulaOutcomeKind.Revoked)));
    }

    [Fact]
    public void Run_GraceBeyondTheDeadline_EndsAtTheDeadline()
    {
        var (network, grant) = Granted();
        network.Lost.Add(grant.Holders[0].Ursula);
        var start = network.Now;

        network.Run(Revoke(network, grant, new GrantOptions { Grace = TimeSpan.FromMinutes(1) }));

        Assert.Equal(start + new GrantOptions().Deadline, network.FinishedAt);
    }

    [Fact]
    public void Run_NobodyReachable_EndsAtTheDeadline()
    {
        var (network, grant) = Granted();
        network.Lost.UnionWith(grant.Holders.Select(h => h.Ursula));
        var start = network.Now;

        var finished = Assert.IsType<OrderFinished>(network.Run(Revoke(network, grant)));

        Assert.Empty(finished.Receipts);
        Assert.Equal(start + new GrantOptions().Deadline, network.FinishedAt);
        Assert.All(finished.Outcomes, o => Assert.Equal(UrsulaOutcomeKind.NotFound, o.Kind));
    }

    [Fact]
    public void Run_SignedRefusal_IsFinal()
    {
        var (network, grant) = Granted();
        var stale = grant with { LastVersion = new PolicyVersion(network.Now.AddHours(-2)) };
        Assert.IsType<OrderFinished>(network.Run(Revoke(network, grant)));

        var finished = Assert.IsType<OrderFinished>(network.Run(
            OrderSession.Renew(stale, Cast.Validity, Cast.Alice, new GrantOptions(), network.Now, Cast.Random())));

        Assert.Equal(3, finished.Outcomes.Count);
        Assert.All(
            finished.Outcomes,
            o => Assert.Equal((UrsulaOutcomeKind.Refused, RefusalReason.Revoked), (o.Kind, o.Reason)));
    }

    [Fact]
    public void Run_UrsulaWhoNeverGotTheKeyFrag_CountsAsGone()
    {
        var (network, grant) = Granted();
        network.Of(grant.Holders[0].Ursula).Policies.Clear();

        var finished = Assert.IsType<OrderFinished>(network.Run(Revoke(network, grant)));

        Assert.Equal(3, finished.Receipts.Count);
        Assert.All(finished.Outcomes, o => Assert.Equal(UrsulaOutcomeKind.Revoked, o.Kind));
    }

    [Fact]
    public void Run_AnswersThatAreNotReceipts_DoNotCount()
    {
        var (network, grant) = Granted();
        foreach (var ursula in network.Ursulas)
        {
            ursula.Tamper = (_, _, _) => (ServiceStatus.Ok, Orders.Signed(
                new PolicyReceipt(
                    PolicyReceiptKind.Revoked, default, Cast.PolicyId, ursula.Identity.Id, Cast.Now), ursula.Identity));
        }

        var finished = Assert.IsType<OrderFinished>(network.Run(Revoke(network, grant)));

        Assert.Empty(finished.Receipts);
        Assert.All(finished.Outcomes, o => Assert.Equal(UrsulaOutcomeKind.BadAnswer, o.Kind));
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("signed by another", false)]
    [InlineData("in another's name", false)]
    [InlineData("of a renewal", false)]
    [InlineData("of a deposit", false)]
    public void Run_Receipts_CountIfHersAndOfARevocation(string fault, bool counts)
    {
        var (network, grant) = Granted();
        foreach (var ursula in network.Ursulas)
        {
            ursula.Tamper = (_, _, body) =>
            {
                Assert.True(SignedMessage.TryRead<PolicyReceipt>(body, out var message, out _));
                var receipt = fault switch
                {
                    "in another's name" => message.Claims with { Ursula = Cast.Mallory.Id },
                    "of a renewal" => message.Claims with { Kind = PolicyReceiptKind.Renewed },
                    "of a deposit" => message.Claims with { Kind = PolicyReceiptKind.Deposited },
                    _ => message.Claims,
                };
                var signer = fault == "signed by another" ? Cast.Mallory : ursula.Identity;
                return (ServiceStatus.Ok, Orders.Signed(receipt, signer));
            };
        }

        var finished = Assert.IsType<OrderFinished>(network.Run(Revoke(network, grant)));

        Assert.Equal(counts ? 3 : 0, finished.Receipts.Count);
        var expected = counts ? UrsulaOutcomeKind.Revoked : UrsulaOutcomeKind.BadAnswer;
        Assert.All(finished.Outcomes, o => Assert.Equal(expected, o.Kind));
    }

    [Fact]
    public void Run_RenewalAnsweredWithAReceiptOfARevocation_DoesNotCount()
    {
        var (network, grant) = Granted();
        foreach (var ursula in network.Ursulas)
        {
            ursula.Tamper = (operation, status, body) =>
            {
                if (!SignedMessage.TryRead<PolicyReceipt>(body, out var message, out _))
                    return (status, body); // asked again after its time window
                var receipt = message.Claims with { Kind = PolicyReceiptKind.Revoked };
                return (ServiceStatus.Ok, Orders.Signed(receipt, ursula.Identity));
            };
        }

        var finished = Assert.IsType<OrderFinished>(network.Run(OrderSession.Renew(
            grant, Cast.Validity, Cast.Alice, new GrantOptions(), network.Now, Cast.Random())));

        Assert.Empty(finished.Receipts);
        Assert.Contains(finished.Outcomes, o => o.Kind == UrsulaOutcomeKind.BadAnswer);
    }

    [Fact]
    public void Found_SomebodyElse_IsNotOrdered()
    {
        var (network, grant) = Granted();
        var session = Revoke(network, grant);
        session.Start();

        var effects = session.Found(grant.Holders[0].Ursula, Cast.Target(Cast.Mallory), network.Now);

        Assert.Empty(effects.OfType<CallUrsula>());
        Assert.Equal(UrsulaOutcomeKind.NotFound, Assert.Single(effects.OfType<Progress>()).Outcome.Kind);
    }

    [Fact]
    public void Found_TwiceOrNeverLookedFor_OrdersOnce()
    {
        var (network, grant) = Granted();
        var session = Revoke(network, grant);
        session.Start();
        var (id, now) = (grant.Holders[0].Ursula, network.Now);
        var target = Cast.Target(network.Of(id).Identity);

        Assert.Single(session.Found(id, target, now).OfType<CallUrsula>());
        Assert.Empty(session.Found(id, target, now));
        Assert.Empty(session.Found(Cast.Mallory.Id, Cast.Target(Cast.Mallory), now));
    }

    [Fact]
    public void Start_UnconfirmedHolder_IsToldOfRevocationsOnly()
    {
        var (network, grant) = Granted();
        var doubtful = grant with { Holders = [.. grant.Holders, new(Cast.Mallory.Id, 0, false)] };

        var renewal = OrderSession.Renew(
            doubtful, Cast.Validity, Cast.Alice, new GrantOptions(), network.Now, Cast.Random());

        Assert.Equal(3, renewal.Start().OfType<FindUrsula>().Count());
        Assert.Equal(4, Revoke(network, doubtful).Start().OfType<FindUrsula>().Count());
    }

    [Fact]
    public void Start_NobodyToAsk_EndsAtOnce()
    {
        var (network, grant) = Granted();
        var done = grant with { Revoked = [.. grant.Holders.Select(h => h.Ursula)] };

        Assert.IsType<OrderFinished>(Revoke(network, done).Start()[^1]);
    }

    [Fact]
    public void Start_Revocation_TakesTheMapBackUntilTheLatestEndThatAnybodyKeepsTo()
    {
        var (network, grant) = Granted();
        var renewed = grant with { ServedUntil = grant.Validity.NotAfter.AddHours(5) };

        var withdrawn = Assert.Single(Revoke(network, renewed).Start().OfType<MapWithdrawn>()).Record;

        Assert.True(withdrawn.TryVerify(RecordSignatures.Verify, out var record));
        Assert.True(MapWithdrawal.Is(record));
        Assert.Equal(TreasureMap.KeyOf(Cast.Alice.VerifyingKey, grant.Hrac), record.Key);
        Assert.True(record.Sequence > grant.LastVersion.ToSequence());
        Assert.Equal(renewed.ServedUntil, record.NotAfter);
    }

    [Fact]
    public void Start_NothingToTakeBack_TakesNothingBack()
    {
        var (network, grant) = Granted();
        var unfinished = grant with { MapRecord = default };
        var renewal = OrderSession.Renew(
            grant, Cast.Validity, Cast.Alice, new GrantOptions(), network.Now, Cast.Random());
        var late = OrderSession.Revoke(
            grant, Cast.Alice, new GrantOptions(), grant.ServedUntil, Cast.Random());

        Assert.All(
            new[] { renewal, late, Revoke(network, unfinished) },
            session => Assert.Empty(session.Start().OfType<MapWithdrawn>()));
    }

    private static OrderSession Revoke(VirtualNetwork network, Grant grant, GrantOptions? options = null) =>
        OrderSession.Revoke(grant, Cast.Alice, options ?? new GrantOptions(), network.Now, Cast.Random());

    private static (VirtualNetwork Network, Grant Grant) Granted(
        int threshold = 2, int shares = 3)
    {
        var network = new VirtualNetwork(shares);
        using var session = new GrantSession(
            new(
                Cast.Label, Cast.Bob.BobCard, threshold, shares,
                Cast.Validity), null, Cast.Alice, new GrantOptions(), Cast.Now, Cast.Random());
        return (network, Assert.IsType<GrantFinished>(network.Run(session)).Grant);
    }
}
