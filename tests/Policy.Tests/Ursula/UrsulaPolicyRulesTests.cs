using NuCypher.P2P.Policy.Messages;
using NuCypher.P2P.Policy.Rules;
using NuCypher.P2P.Policy.Tests.Support;
using NuCypher.P2P.Policy.Ursula;

namespace NuCypher.P2P.Policy.Tests.Ursula;

/// <summary>What an Ursula makes of Alice's rules: hours, intervals, conditions.</summary>
public sealed partial class UrsulaPolicyTests
{
    [Theory]
    [InlineData(0, RefusalReason.None)]
    [InlineData(599, RefusalReason.None)]
    [InlineData(600, RefusalReason.OutsideSchedule)]
    [InlineData(1800, RefusalReason.ConditionFalse)]
    [InlineData(2399, RefusalReason.ConditionFalse)]
    [InlineData(2400, RefusalReason.Expired)]
    [Trait("Row", "PO-03"), Trait("Row", "PO-04")]
    public void Decide_ReencryptionUnderRules_ServesWhenTheyHoldUntilTheyNeverDoAgain(
        int seconds, RefusalReason expected)
    {
        var rules = new PolicyRules(
            [new Validity(Now, Now.AddSeconds(600)), new Validity(Now.AddSeconds(1800), Now.AddSeconds(2400))], null,
            new Condition.Any(1, [
                new Condition.TimeBefore(Now.AddSeconds(1800)), new Condition.TimeAfter(Now.AddDays(1))]));
        using var policy = HeldUnder(rules.ToBytes());
        var now = Now.AddSeconds(seconds);

        var decision = Decide(policy, Orders.Reencryption(now), Cast.Bob, now);

        Assert.Equal(expected, decision.Refusal);
        Assert.Equal(Now.AddSeconds(2400), policy.WakeAt);
        Assert.Equal(seconds >= 2400, policy.DecideExpiry(now, Cast.Random()) is [PolicyExpired]);
    }

    [Fact]
    public void Decide_ConditionThatTheClockCannotTell_IsRefusedAsUnknown()
    {
        var rules = new PolicyRules([], null, new Condition.TimeBefore(Now.AddMinutes(10)));
        using var policy = HeldUnder(rules.ToBytes());
        var time = new ClockReading(
            Now.AddMinutes(10), Now, Now.AddMinutes(9).AddSeconds(59), Now, MayDelete: false, TimeSpan.FromHours(1));
        var across = time with { Latest = Now.AddMinutes(10).AddTicks(-1) };
        var beyond = time with { Earliest = Now.AddMinutes(1), Latest = Now.AddMinutes(10) };

        Assert.Equal(RefusalReason.None, At(across));
        Assert.Equal(RefusalReason.Expired, At(beyond)); // over for the later bound

        RefusalReason At(ClockReading reading) => policy.Decide(
            Orders.Request(Orders.Reencryption(reading.Now), Cast.Bob), new UrsulaLoad(1, 1), reading,
            Cast.Random()).Refusal;
    }

    [Fact]
    [Trait("Row", "PO-04")]
    public void Decide_RulesThatAreUnknownOrNeverHold_AreRefusedAtTheDeposit()
    {
        byte[] unknown = [0, 0, 1, 7];
        var past = new PolicyRules([new Validity(Now.AddDays(-2), Now)]).ToBytes();
        var later = new PolicyRules([new Validity(Cast.Validity.NotAfter, Now.AddDays(2))]).ToBytes();
        using var policy = NewPolicy();
        Carry(policy, Orders.Request(Orders.Proposal(), Cast.Alice), Now);

        Assert.Equal(RefusalReason.RulesNotUnderstood, Deposit(unknown));
        Assert.Equal(RefusalReason.RulesNotUnderstood, Deposit(new byte[PolicyRules.MaxSize]));
        Assert.Equal(RefusalReason.RulesNeverHold, Deposit(past));
        Assert.Equal(RefusalReason.RulesNeverHold, Deposit(later));
        Assert.Equal(RefusalReason.None, Deposit([]));

        RefusalReason Deposit(byte[] rules) =>
            Decide(policy, Orders.Deposit() with { Rules = rules }, Cast.Alice, Now).Refusal;
    }

    [Fact]
    [Trait("Row", "PO-04")]
    public void Decide_ConditionOnWhatAHostSays_AsksAndServesOnlyIfItIsSo()
    {
        Assert.True(JsonFact.TryCreate(
            "https://example.org/orders/7", "/paid", JsonComparison.Equal, "true", out var fact));
        var rules = new PolicyRules([], null, new Condition.HttpJson(fact)).ToBytes();
        var options = new UrsulaOptions { FactHosts = ["EXAMPLE.org"] };
        using var policy = HeldUnder(rules, options);
        var request = Orders.Request(Orders.Reencryption(Now), Cast.Bob);

        var asked = At(null);
        var unknown = At(KnownFacts.None);
        var isFalse = At(Told(Truth.False));
        var served = At(Told(Truth.True));
        var again = At(null);

        Assert.Equal((RefusalReason.ConditionUnknown, 1), (asked.Refusal, asked.Questions.Count));
        Assert.Equal((RefusalReason.ConditionUnknown, 0), (unknown.Refusal, unknown.Questions.Count));
        Assert.Equal((RefusalReason.ConditionFalse, 0), (isFalse.Refusal, isFalse.Questions.Count));
        Assert.True(served.IsAccepted);
        Assert.Equal((RefusalReason.Replayed, 0), (again.Refusal, again.Questions.Count)); // asks nobody

        KnownFacts Told(Truth truth) => new(new Dictionary<JsonFact, Truth> { [fact] = truth });
        UrsulaDecision At(KnownFacts? facts) =>
            policy.Decide(request, new UrsulaLoad(1, 1), Time.At(Now), Cast.Random(), facts);
    }

    [Fact]
    public void Decide_RequestThatIsRefusedAnyway_AsksNobody()
    {
        Assert.True(JsonFact.TryCreate("https://example.org/", "", JsonComparison.Equal, "1", out var fact));
        var rules = new PolicyRules(
            [new Validity(Now, Now.AddMinutes(9))], null, new Condition.HttpJson(fact)).ToBytes();
        using var policy = HeldUnder(rules, new UrsulaOptions { FactHosts = ["example.org"] });
        using var elsewhere = HeldUnder(rules, new UrsulaOptions { FactHosts = ["example.org", "example.com"] });
        var late = Now.AddMinutes(9);

        UrsulaDecision[] refused =
        [
            Decide(policy, Orders.Reencryption(Now), Cast.Mallory, Now),
            Decide(policy, Orders.Reencryption(late), Cast.Bob, late),
            Decide(policy, Orders.Reencryption(Now.AddHours(-1)), Cast.Bob, Now),
            Decide(policy, Orders.Reencryption(Now, Later), Cast.Bob, Now),
        ];

        Assert.All(refused, decision => Assert.Empty(decision.Questions));
        Assert.DoesNotContain(refused, decision => decision.IsAccepted);
        Assert.Single(Decide(elsewhere, Orders.Reencryption(Now), Cast.Bob, Now).Questions);
    }

    [Fact]
    public void Decide_ConditionOnAHostThatMayNotBeAsked_IsRefusedAtTheDeposit()
    {
        Assert.True(JsonFact.TryCreate("https://example.org/", "", JsonComparison.Equal, "1", out var fact));
        var rules = new PolicyRules([], null, new Condition.HttpJson(fact)).ToBytes();
        foreach (var hosts in (string[][])[[], ["example.com"], ["xample.org"], ["*.org"], [""]])
        {
            using var policy = NewPolicy(new UrsulaOptions { FactHosts = hosts });
            Carry(policy, Orders.Request(Orders.Proposal(), Cast.Alice), Now);

            Assert.Equal(
                RefusalReason.HostNotAsked,
                Decide(policy, Orders.Deposit() with { Rules = rules }, Cast.Alice, Now).Refusal);
        }
    }

    [Fact]
    public void Renew_RulesThatAreUnknownOrNeverHold_ChangesNothing()
    {
        using var policy = Held();
        var before = policy.StateHash();
        var past = new PolicyRules([new Validity(Now.AddDays(-2), Now)]).ToBytes();

        Assert.Equal(RefusalReason.RulesNotUnderstood, Renew([0, 0, 1, 7]));
        Assert.Equal(RefusalReason.RulesNeverHold, Renew(past));
        Assert.Equal(before, policy.StateHash());

        RefusalReason Renew(byte[] rules) => Carry(
            policy, Orders.Request(Orders.Renewal(Later, Cast.Validity) with { Rules = rules }, Cast.Alice),
            Now).Refusal;
    }

    [Fact]
    public void Apply_RulesReadBack_GiveTheSameState()
    {
        var rules = new PolicyRules([], new DailyWindow(0, 1439, Weekdays.All, 0)).ToBytes();
        using var policy = NewPolicy();
        using var recovered = NewPolicy();
        List<PolicyEvent> events =
        [
            .. Carry(policy, Orders.Request(Orders.Proposal(), Cast.Alice), Now).Events,
            .. Carry(policy, Orders.Request(Orders.Deposit() with { Rules = rules }, Cast.Alice), Now).Events,
            .. Carry(policy, Orders.Request(
                Orders.Renewal(Later, Cast.Validity) with { Rules = rules }, Cast.Alice), Now).Events,
        ];

        foreach (var policyEvent in events)
        {
            Assert.True(PolicyEvents.TryRead(policyEvent.Manifest, policyEvent.ToBytes(), out var read));
            recovered.Apply(read);
            var bytes = policyEvent.ToBytes();
            Assert.False(PolicyEvents.TryRead(policyEvent.Manifest, bytes.AsSpan(0, bytes.Length - 1), out _));
        }

        Assert.Equal(3, events.Count);
        Assert.Equal(policy.StateHash(), recovered.StateHash());
    }

    private static UrsulaPolicy HeldUnder(byte[] rules, UrsulaOptions? options = null)
    {
        var policy = NewPolicy(options);
        Carry(policy, Orders.Request(Orders.Proposal(), Cast.Alice), Now);
        Carry(policy, Orders.Request(Orders.Deposit() with { Rules = rules }, Cast.Alice), Now);
        Assert.Equal(PolicyStage.Held, policy.Stage);
        return policy;
    }
}
