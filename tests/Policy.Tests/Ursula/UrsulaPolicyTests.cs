using NuCypher.P2P.Policy.Messages;
using NuCypher.P2P.Policy.Tests.Support;
using NuCypher.P2P.Policy.Ursula;
using NuCypher.P2P.Policy.Wire;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Policy.Tests.Ursula;

public sealed partial class UrsulaPolicyTests
{
    private static readonly DateTimeOffset Now = Cast.Now;
    private static readonly PolicyVersion Later = new(Now.AddSeconds(1));

    [Fact]
    public void Decide_WholeLife_AnswersEachStepSigned()
    {
        using var policy = NewPolicy();

        var accepted = Carry(policy, Orders.Request(Orders.Proposal(), Cast.Alice), Now);
        var deposited = Carry(policy, Orders.Request(Orders.Deposit(), Cast.Alice), Now);
        var reencrypted = Carry(policy, Orders.Request(Orders.Reencryption(Now), Cast.Bob), Now);
        var renewed = Carry(policy, Orders.Request(Orders.Renewal(Later, new(Now, Now.AddHours(9))), Cast.Alice), Now);
        var revoked = Carry(policy, Orders.Request(Orders.Revocation(new(Now.AddSeconds(2))), Cast.Alice), Now);

        Assert.True(Answer<ArrangementAcceptance>(accepted).DepositBy > Now);
        Assert.Equal(PolicyReceiptKind.Deposited, Answer<PolicyReceipt>(deposited).Kind);
        Assert.Single(Answer<ReencryptionResponse>(reencrypted).CapsuleFrags);
        Assert.Equal(PolicyReceiptKind.Renewed, Answer<PolicyReceipt>(renewed).Kind);
        Assert.Equal(PolicyReceiptKind.Revoked, Answer<PolicyReceipt>(revoked).Kind);
        Assert.Equal(PolicyStage.Revoked, policy.Stage);
    }

    [Fact]
    public void Decide_AnyRequest_ChangesNothing()
    {
        using var policy = Held();
        var before = policy.StateHash();

        Decide(policy, Orders.Renewal(Later, new(Now, Now.AddHours(9))), Cast.Alice, Now);
        Decide(policy, Orders.Revocation(Later), Cast.Alice, Now);
        policy.DecideExpiry(Now.AddYears(1), Cast.Random());

        Assert.Equal(before, policy.StateHash());
    }

    [Fact]
    [Trait("Row", "AC-02")]
    public void Apply_EventsReadBack_GiveTheSameState()
    {
        using var policy = NewPolicy();
        using var recovered = NewPolicy();
        List<PolicyEvent> events =
        [
            .. Carry(policy, Orders.Request(Orders.Proposal(), Cast.Alice), Now.AddTicks(5)).Events,
            .. Carry(policy, Orders.Request(Orders.Deposit(), Cast.Alice), Now.AddTicks(5)).Events,
            .. Carry(policy, Orders.Request(Orders.Renewal(Later, new(Now, Now.AddHours(9))), Cast.Alice), Now).Events,
        ];

        foreach (var policyEvent in events)
        {
            Assert.True(PolicyEvents.TryRead(policyEvent.Manifest, policyEvent.ToBytes(), out var read));
            recovered.Apply(read);
        }

        Assert.Equal(3, events.Count);
        Assert.Equal(policy.StateHash(), recovered.StateHash());
        Assert.Equal(Now.AddHours(9), recovered.WakeAt);
        Assert.True(Decide(recovered, Orders.Reencryption(Now), Cast.Bob, Now).IsAccepted);
    }

    [Theory]
    [InlineData(-1, RefusalReason.NotYet)]
    [InlineData(0, RefusalReason.None)]
    [InlineData(3599, RefusalReason.None)]
    [InlineData(3600, RefusalReason.Expired)]
    [InlineData(3601, RefusalReason.Expired)]
    [Trait("Row", "AC-03"), Trait("Row", "PO-01")]
    public void Decide_Reencryption_ServesInsideTheTimeOnly(int seconds, RefusalReason expected)
    {
        using var policy = Held();
        var at = Cast.Validity.NotBefore.AddSeconds(seconds);

        Assert.Equal(expected, Decide(policy, Orders.Reencryption(at), Cast.Bob, at).Refusal);
    }

    [Theory, InlineData(1), InlineData(2)]
    [Trait("Row", "AC-03"), Trait("Row", "PO-01")]
    public void Decide_RandomTimes_ServedExactlyInsideTheTime(int seed)
    {
        var random = new Random(seed);
        using var policy = Held();
        for (var i = 0; i < 1000; i++)
        {
            var at = Now.AddMilliseconds(random.Next(-3600_000, 7200_000));
            var expected = at < Now ? RefusalReason.NotYet
                : at < Cast.Validity.NotAfter ? RefusalReason.None
                : RefusalReason.Expired;

            var refusal = Decide(policy, Orders.Reencryption(at, nonce: i + 1), Cast.Bob, at).Refusal;

            Assert.True(expected == refusal, $"seed {seed}, {at:O}: {refusal}");
        }
    }

    [Fact]
    public void Decide_SignedBySomebodyElse_Refuses()
    {
        using var policy = NewPolicy();
        Assert.Equal(RefusalReason.BadSignature, Decide(policy, Orders.Proposal(), Cast.Mallory, Now).Refusal);
        Carry(policy, Orders.Request(Orders.Proposal(), Cast.Alice), Now);
        Assert.Equal(RefusalReason.BadSignature, Decide(policy, Orders.Deposit(), Cast.Mallory, Now).Refusal);
        Carry(policy, Orders.Request(Orders.Deposit(), Cast.Alice), Now);

        Assert.Equal(RefusalReason.UnknownPolicy, Decide(policy, Orders.Reencryption(Now), Cast.Mallory, Now).Refusal);
        Assert.Equal(RefusalReason.UnknownPolicy, Decide(policy, Orders.Reencryption(Now), Cast.Alice, Now).Refusal);
        Assert.Equal(
            RefusalReason.BadSignature, Decide(policy, Orders.Renewal(Later, Cast.Validity), Cast.Bob, Now).Refusal);
        Assert.Equal(RefusalReason.BadSignature, Decide(policy, Orders.Revocation(Later), Cast.Mallory, Now).Refusal);
    }

    [Fact]
    public void Decide_AddressedToAnotherUrsula_Refuses()
    {
        using var policy = Held();
        var other = Cast.Mallory.Id;

        Assert.Equal(
            RefusalReason.NotForMe,
            Decide(policy, Orders.Proposal(Later) with { Ursula = other }, Cast.Alice, Now).Refusal);
        Assert.Equal(
            RefusalReason.NotForMe,
            Decide(policy, Orders.Deposit(Later) with { Ursula = other }, Cast.Alice, Now).Refusal);
        Assert.Equal(
            RefusalReason.NotForMe,
            Decide(policy, Orders.Reencryption(Now) with { Ursula = other }, Cast.Bob, Now).Refusal);
        Assert.Equal(
            RefusalReason.NotForMe,
            Decide(policy, Orders.Renewal(Later, Cast.Validity) with { Ursula = other }, Cast.Alice, Now).Refusal);
        Assert.Equal(
            RefusalReason.NotForMe,
            Decide(policy, Orders.Revocation(Later) with { Ursula = other }, Cast.Alice, Now).Refusal);
    }

    [Fact]
    public void Decide_RepeatedReencryption_RefusesTheReplay()
    {
        using var policy = Held();
        Assert.True(Decide(policy, Orders.Reencryption(Now), Cast.Bob, Now).IsAccepted);

        Assert.Equal(RefusalReason.Replayed, Decide(policy, Orders.Reencryption(Now), Cast.Bob, Now).Refusal);
        Assert.True(Decide(policy, Orders.Reencryption(Now, nonce: 2), Cast.Bob, Now).IsAccepted);
        Assert.Equal(
            RefusalReason.OutsideTimeWindow,
            Decide(policy, Orders.Reencryption(Now, nonce: 3), Cast.Bob, Now.AddSeconds(61)).Refusal);
        Assert.Equal(Time.At(Now.AddSeconds(60)).Uptime, policy.BusyUntil);
    }

    [Fact]
    public void Decide_AtEachLimit_RefusesWhatIsBeyond()
    {
        var options = new UrsulaOptions
        {
            MaxNonces = 2,
            MaxCapsules = 2,
            MaxRenewals = 1,
            MaxPolicies = 5,
            MaxPoliciesPerAlice = 3,
            MaxPoliciesPerSource = 2,
        };
        using var policy = Held(options);
        using var unknown = NewPolicy(options);

        Assert.True(Decide(policy, Orders.Reencryption(Now, nonce: 1, capsules: 2), Cast.Bob, Now).IsAccepted);
        Assert.Equal(
            RefusalReason.TooManyCapsules,
            Decide(policy, Orders.Reencryption(Now, nonce: 2, capsules: 3), Cast.Bob, Now).Refusal);
        Assert.True(Decide(policy, Orders.Reencryption(Now, nonce: 2), Cast.Bob, Now).IsAccepted);
        Assert.Equal(RefusalReason.Busy, Decide(policy, Orders.Reencryption(Now, nonce: 3), Cast.Bob, Now).Refusal);
        Assert.True(Carry(policy, Orders.Request(Orders.Renewal(Later, Cast.Validity), Cast.Alice), Now).IsAccepted);
        Assert.Equal(
            RefusalReason.TooManyRenewals,
            Decide(policy, Orders.Renewal(new(Now.AddSeconds(2)), Cast.Validity), Cast.Alice, Now).Refusal);
        Assert.True(unknown.Decide(
            Orders.Request(Orders.Proposal(), Cast.Alice), new(4, 2, 1), Time.At(Now), Cast.Random()).IsAccepted);
        Assert.Equal(RefusalReason.Full, Propose(new(5, 2)));
        Assert.Equal(RefusalReason.ShareUsedUp, Propose(new(4, 3)));
        Assert.Equal(RefusalReason.ShareUsedUp, Propose(new(4, 2, 2)));

        RefusalReason Propose(UrsulaLoad load) =>
            unknown.Decide(Orders.Request(Orders.Proposal(), Cast.Alice), load, Time.At(Now), Cast.Random()).Refusal;
    }

    [Fact]
    public void Decide_ProposedTime_RefusesTooLongTooFarAndOver()
    {
        using var policy = NewPolicy();
        var options = new UrsulaOptions();

        Assert.Equal(RefusalReason.None, Propose(new(Now, Now + options.MaxDuration)));
        Assert.Equal(
            RefusalReason.Duration, Propose(new(Now, Now + options.MaxDuration + TimeSpan.FromMilliseconds(1))));
        Assert.Equal(RefusalReason.Duration, Propose(new(Now.AddHours(-2), Now)));
        Assert.Equal(RefusalReason.None, Propose(new(Now + options.MaxLeadTime, Now.AddDays(50))));
        Assert.Equal(
            RefusalReason.TooFarAhead,
            Propose(new(Now + options.MaxLeadTime + TimeSpan.FromMilliseconds(1), Now.AddDays(50))));

        RefusalReason Propose(Validity validity) =>
            Decide(policy, Orders.Proposal(validity: validity), Cast.Alice, Now).Refusal;
    }

    [Fact]
    public void Decide_ProposalTooOldOrFromTheFuture_IsRefused()
    {
        using var policy = NewPolicy();
        var (window, bit) = (new UrsulaOptions().OrderWindow, TimeSpan.FromMilliseconds(1));

        Assert.Equal(RefusalReason.OutsideTimeWindow, Propose(Now - window - bit));
        Assert.Equal(RefusalReason.OutsideTimeWindow, Propose(Now + window + bit));
        Assert.Equal(RefusalReason.None, Propose(Now - window));
        Assert.Equal(RefusalReason.None, Propose(Now + window));

        RefusalReason Propose(DateTimeOffset at) =>
            Decide(policy, Orders.Proposal(issuedAt: at), Cast.Alice, Now).Refusal;
    }

    [Theory, InlineData(1), InlineData(86_400), InlineData(250_000_000_000)]
    public void Decide_OrdersOfAClockAhead_AreCarriedOutAndBindNobody(long secondsAhead)
    {
        using var policy = Held();
        var ahead = new PolicyVersion(Cast.Version.Number + ((ulong)secondsAhead * 1000));
        var (second, third) = (PolicyVersion.Next(ahead, Now), new PolicyVersion(ahead.Number + 2));

        var renewed = Carry(policy, Orders.Request(Orders.Renewal(ahead, new(Now, Now.AddHours(9))), Cast.Alice), Now);
        var revoked = Carry(policy, Orders.Request(Orders.Revocation(second), Cast.Alice), Now);
        var again = Carry(policy, Orders.Request(Orders.Proposal(third), Cast.Alice), Now);

        Assert.All([renewed, revoked, again], decision => Assert.Equal(RefusalReason.None, decision.Refusal));
        Assert.Equal(PolicyStage.Arranged, policy.Stage);
    }

    [Theory]
    [InlineData("unknown")]
    [InlineData("arranged")]
    [InlineData("held")]
    [InlineData("over")]
    [InlineData("revoked")]
    [InlineData("expired")]
    [InlineData("arranged anew")]
    public void Decide_Stranger_GetsOneAnswerInEveryState(string state)
    {
        using var policy = state is "unknown" or "arranged" ? NewPolicy() : Held();
        var now = state is "over" or "expired" ? Cast.Validity.NotAfter : Now;
        if (state == "arranged")
            Carry(policy, Orders.Request(Orders.Proposal(), Cast.Alice), Now);
        if (state is "revoked" or "arranged anew")
            Carry(policy, Orders.Request(Orders.Revocation(Later), Cast.Alice), Now);
        if (state == "expired")
            Expire(policy, now);
        if (state == "arranged anew")
            Carry(policy, Orders.Request(Orders.Proposal(new(Later.Number + 1)), Cast.Alice), Now);

        Assert.Equal(RefusalReason.UnknownPolicy, Decide(policy, Orders.Reencryption(now), Cast.Mallory, now).Refusal);
        Assert.Equal(RefusalReason.UnknownPolicy, Decide(policy, Orders.Reencryption(now), Cast.Ursula, now).Refusal);
        Assert.Equal(
            RefusalReason.BadSignature, Decide(
                policy, Orders.Revocation(new(Later.Number + 2)), Cast.Mallory, now).Refusal);
    }

    [Fact]
    public void Decide_RevocationOfWhatIsOver_IsReceiptedWithTheTimeOfItsEnd()
    {
        using var policy = Held();
        Carry(policy, Orders.Request(Orders.Revocation(Later), Cast.Alice), Now);

        var again = Carry(policy, Orders.Request(Orders.Revocation(Later), Cast.Alice), Now.AddDays(20));

        Assert.Empty(again.Events);
        Assert.Equal(Now, ReceiptOf(again).At);
    }

    [Fact]
    public void Decide_LaterRevocationOfWhatIsOver_EndsItAnewForAsLongAsTheReceiptSays()
    {
        using var policy = Held();
        var (last, tombstone) = (new PolicyVersion(PolicyVersion.Max), new UrsulaOptions().TombstoneLife);
        Expire(policy, Cast.Validity.NotAfter);

        var revoked = Carry(policy, Orders.Request(Orders.Revocation(last), Cast.Alice), Now.AddDays(20));

        Assert.Equal(Now.AddDays(20), ReceiptOf(revoked).At);
        Assert.False(policy.IsForgettable(Now.AddDays(20) + tombstone - TimeSpan.FromMilliseconds(1)));
        Assert.True(policy.IsForgettable(Now.AddDays(20) + tombstone));
        Assert.Equal(
            RefusalReason.Revoked,
            Decide(
                policy, Orders.Proposal(new(Later.Number + 5), issuedAt: Now.AddDays(21)), Cast.Alice,
                Now.AddDays(21)).Refusal);
    }

    [Fact]
    public void Decide_ProposalsWithoutDeposits_AreBounded()
    {
        using var policy = Held(new UrsulaOptions { MaxArrangements = 3 });
        var version = Cast.Version.Number;
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(RefusalReason.None, Propose());
            foreach (var lapsed in policy.DecideExpiry(Now.AddMinutes(11), Cast.Random()))
                policy.Apply(lapsed);
        }

        Assert.Equal(RefusalReason.TooManyArrangements, Propose());
        Carry(policy, Orders.Request(Orders.Revocation(new(++version)), Cast.Alice), Now);
        Assert.Equal(RefusalReason.None, Propose());

        RefusalReason Propose() =>
            Carry(policy, Orders.Request(Orders.Proposal(new(++version)), Cast.Alice), Now).Refusal;
    }

    [Fact]
    public void Decide_ClockInDoubt_ServesOnlyWhatBothTimesAllowAndPromisesNothing()
    {
        using var policy = Held();
        var (start, end, bit, nonce) = (Cast.Validity.NotBefore, Cast.Validity.NotAfter, TimeSpan.FromSeconds(1), 0);

        Assert.Equal(RefusalReason.None, Ask(start, end - bit));
        Assert.Equal(RefusalReason.Expired, Ask(start, end));
        Assert.Equal(RefusalReason.NotYet, Ask(start - bit, end - bit));
        Assert.Equal(RefusalReason.Busy, Order(Orders.Renewal(Later, Cast.Validity)));
        Assert.Equal(RefusalReason.Busy, Order(Orders.Proposal(Later)));
        Assert.Equal(RefusalReason.None, Order(Orders.Revocation(Later)));

        RefusalReason Ask(DateTimeOffset earliest, DateTimeOffset latest) => policy.Decide(
            Orders.Request(Orders.Reencryption(Now, nonce: ++nonce), Cast.Bob), default,
            Time.At(Now) with { Earliest = earliest, Latest = latest }, Cast.Random()).Refusal;
        RefusalReason Order<TBody>(TBody order)
            where TBody : class, IProtocolBody<TBody> => policy.Decide(
                Orders.Request(
                    order, Cast.Alice), default, Time.At(Now) with { Latest = end - bit }, Cast.Random()).Refusal;
    }

    [Fact]
    public void Owner_AfterEveryEvent_IsTheSameTagAndNotAlicesKey()
    {
        using var policy = NewPolicy();
        var tag = Cast.Ursula.Proxy.TagOf(Cast.Alice.VerifyingKey);
        Assert.Null(policy.Owner);

        List<PolicyEvent> events =
        [
            .. Carry(policy, Orders.Request(Orders.Proposal(), Cast.Alice), Now).Events,
            .. Carry(policy, Orders.Request(Orders.Deposit(), Cast.Alice), Now).Events,
            .. Carry(policy, Orders.Request(Orders.Revocation(Later), Cast.Alice), Now).Events,
        ];

        foreach (var policyEvent in events)
        {
            using var recovered = NewPolicy();
            recovered.Apply(policyEvent);
            Assert.Equal(tag, recovered.Owner);
            Assert.True(policyEvent.ToBytes().AsSpan().IndexOf(Cast.Alice.VerifyingKey.ToBytes()) < 0);
        }

        Assert.NotEqual(tag, Cast.Ursula.Proxy.TagOf(Cast.Bob.VerifyingKey));
        Assert.NotEqual(tag, Cast.Mallory.Proxy.TagOf(Cast.Alice.VerifyingKey));
        Assert.True(events[2].ToBytes().AsSpan().IndexOf(Cast.Bob.VerifyingKey.ToBytes()) < 0);
    }

    [Fact]
    public void IsForgettable_RevokedByAClockAhead_CountsFromUrsulasClock()
    {
        using var policy = Held();
        Carry(policy, Orders.Request(Orders.Revocation(new(Now.AddYears(7000))), Cast.Alice), Now);

        Assert.False(policy.IsForgettable(Now.AddDays(29)));
        Assert.True(policy.IsForgettable(Now.AddDays(30)));
    }

    [Fact]
    public void Decide_DepositWithoutItsArrangement_IsRefused()
    {
        using var policy = NewPolicy();
        Assert.Equal(RefusalReason.NoArrangement, Decide(policy, Orders.Deposit(), Cast.Alice, Now).Refusal);
        Carry(policy, Orders.Request(Orders.Proposal(), Cast.Alice), Now);

        Assert.Equal(RefusalReason.NoArrangement, Decide(policy, Orders.Deposit(Later), Cast.Alice, Now).Refusal);
        Assert.Equal(
            RefusalReason.ArrangementDiffers,
            Decide(policy, Orders.Deposit(validity: new(Now, Now.AddHours(2))), Cast.Alice, Now).Refusal);
        Assert.Equal(
            RefusalReason.NoArrangement, Decide(policy, Orders.Deposit(), Cast.Alice, policy.WakeAt!.Value).Refusal);
        Assert.Equal(RefusalReason.UnknownPolicy, Decide(policy, Orders.Reencryption(Now), Cast.Bob, Now).Refusal);
        Assert.Equal(RefusalReason.None, Decide(policy, Orders.Deposit(), Cast.Alice, Now).Refusal);
    }

    [Fact]
    public void Decide_KeyFragThatIsNotWhatAliceSays_IsRefused()
    {
        using var policy = NewPolicy();
        Carry(policy, Orders.Request(Orders.Proposal(), Cast.Alice), Now);
        var kfrag = Orders.Split(2, 3)[0].ToBytes();
        kfrag[80] ^= 1;
        var good = Orders.Deposit();

        Assert.Equal(
            RefusalReason.InvalidKeyFrag, Decide(policy, Orders.Deposit(kfrag: kfrag), Cast.Alice, Now).Refusal);
        Assert.Equal(
            RefusalReason.InvalidKeyFrag,
            Decide(policy, Orders.Deposit(bob: Cast.Mallory.BobCard), Cast.Alice, Now).Refusal);
        Assert.Equal(
            RefusalReason.InvalidKeyFrag,
            Decide(policy, good with { PolicyKey = Cast.Mallory.EncryptingKey }, Cast.Alice, Now).Refusal);
        Assert.Equal(
            RefusalReason.UnreadableKeyFrag,
            Decide(policy, good with { KeyFragHash = default }, Cast.Alice, Now).Refusal);
        Assert.Equal(
            RefusalReason.UnreadableKeyFrag,
            Decide(policy, good with { SealedKeyFrag = new byte[455] }, Cast.Alice, Now).Refusal);
        var forMallory = SealedKeyFrag.Seal(
            Orders.Split(2, 3)[0].ToBytes(), Cast.Mallory.EncryptingKey, Cast.PolicyId, Cast.Version, Cast.Ursula.Id,
            Cast.Random());
        Assert.Equal(
            RefusalReason.UnreadableKeyFrag,
            Decide(policy, good with { SealedKeyFrag = forMallory }, Cast.Alice, Now).Refusal);
    }

    [Theory, InlineData("policy"), InlineData("version"), InlineData("Ursula")]
    public void Decide_KeyFragSealedForAnotherPlace_IsUnreadable(string other)
    {
        using var policy = NewPolicy();
        Carry(policy, Orders.Request(Orders.Proposal(), Cast.Alice), Now);
        var moved = Orders.Deposit() with
        {
            SealedKeyFrag = SealedKeyFrag.Seal(
                Orders.Split(2, 3)[0].ToBytes(), Cast.Ursula.EncryptingKey, other == "policy" ? default : Cast.PolicyId,
                other == "version" ? Later : Cast.Version, other == "Ursula" ? Cast.Mallory.Id : Cast.Ursula.Id,
                Cast.Random()),
        };

        Assert.Equal(RefusalReason.UnreadableKeyFrag, Decide(policy, moved, Cast.Alice, Now).Refusal);
        Assert.Equal(RefusalReason.None, Decide(policy, Orders.Deposit(), Cast.Alice, Now).Refusal);
    }

    [Theory, InlineData("policy"), InlineData("version")]
    [Trait("Row", "AC-04")]
    public void Decide_StoredKeyFragOfAnotherPlace_ServesNothing(string other)
    {
        using var policy = NewPolicy();
        using var elsewhere = NewPolicy();
        Carry(policy, Orders.Request(Orders.Proposal(), Cast.Alice), Now);
        var deposited = (KeyFragDeposited)Carry(policy, Orders.Request(Orders.Deposit(), Cast.Alice), Now).Events[0];
        Assert.True(VerifiedKeyFrag.TryReadTrusted(Orders.Split(2, 3)[0].ToBytes(), out var kfrag));
        var stored = Cast.Ursula.Proxy.Store(
            kfrag, other == "policy" ? default : Cast.PolicyId, other == "version" ? Later : Cast.Version,
            Cast.Random());

        elsewhere.Apply(deposited with { StoredKeyFrag = stored });

        Assert.Equal(RefusalReason.NoKeyFrag, Decide(elsewhere, Orders.Reencryption(Now), Cast.Bob, Now).Refusal);
    }

    [Fact]
    public void Decide_ProposalOfAVersionNotAboveTheArranged_IsStale()
    {
        using var policy = NewPolicy();
        Carry(policy, Orders.Request(Orders.Proposal(Later), Cast.Alice), Now);

        Assert.Equal(RefusalReason.StaleVersion, Decide(policy, Orders.Proposal(), Cast.Alice, Now).Refusal);
        Assert.Equal(RefusalReason.StaleVersion, Decide(
            policy, Orders.Proposal(Later, new(Now, Now.AddHours(3))), Cast.Alice, Now).Refusal);
    }

    [Theory, InlineData(0), InlineData(1), InlineData(104), InlineData(105), InlineData(454)]
    public void Decide_SealedKeyFragCutShort_IsUnreadable(int length)
    {
        using var policy = NewPolicy();
        Carry(policy, Orders.Request(Orders.Proposal(), Cast.Alice), Now);
        var cut = Orders.Deposit() with { SealedKeyFrag = Orders.Deposit().SealedKeyFrag[..length] };

        Assert.Equal(RefusalReason.UnreadableKeyFrag, Decide(policy, cut, Cast.Alice, Now).Refusal);
    }

    [Fact]
    public void Decide_RenewedTime_RefusesTooLongTooFarAndOver()
    {
        using var policy = Held();
        var options = new UrsulaOptions();
        var (millisecond, late) = (TimeSpan.FromMilliseconds(1), Now.AddDays(50));

        Assert.Equal(RefusalReason.None, Renew(new(Now, Now + options.MaxDuration)));
        Assert.Equal(RefusalReason.Duration, Renew(new(Now, Now + options.MaxDuration + millisecond)));
        Assert.Equal(RefusalReason.Duration, Renew(new(Now.AddHours(-2), Now)));
        Assert.Equal(RefusalReason.None, Renew(new(Now + options.MaxLeadTime, late)));
        Assert.Equal(RefusalReason.TooFarAhead, Renew(new(Now + options.MaxLeadTime + millisecond, late)));

        RefusalReason Renew(Validity validity) =>
            Decide(policy, Orders.Renewal(Later, validity), Cast.Alice, Now).Refusal;
    }

    [Fact]
    public void Decide_DepositWhoseTimePassedSinceItsArrangement_IsRefused()
    {
        using var policy = NewPolicy();
        var brief = new Validity(Now, Now.AddSeconds(5));
        Carry(policy, Orders.Request(Orders.Proposal(validity: brief), Cast.Alice), Now);

        Assert.Equal(
            RefusalReason.Duration, Decide(
                policy, Orders.Deposit(validity: brief), Cast.Alice, brief.NotAfter).Refusal);
        Assert.Equal(
            RefusalReason.None,
            Decide(policy, Orders.Deposit(validity: brief), Cast.Alice, brief.NotAfter.AddMilliseconds(-1)).Refusal);
    }

    [Fact]
    public void Decide_SameProposalAfterItsArrangementLapsed_IsNoRepetition()
    {
        using var policy = NewPolicy();
        var proposal = Orders.Request(Orders.Proposal(), Cast.Alice);
        Carry(policy, proposal, Now);

        Assert.True(policy.Decide(
            proposal, default, Time.At(policy.WakeAt!.Value.AddMilliseconds(-1)), Cast.Random()).IsAccepted);
        Assert.False(policy.Decide(proposal, default, Time.At(policy.WakeAt!.Value), Cast.Random()).IsAccepted);
    }

    [Fact]
    public void Decide_SameDepositAgain_RepeatsTheReceiptAndAnotherOfThatVersionIsRefused()
    {
        using var policy = Held();

        var again = Decide(policy, Orders.Deposit(), Cast.Alice, Now);
        var other = Decide(policy, Orders.Deposit(kfrag: Orders.Split(2, 3)[1].ToBytes()), Cast.Alice, Now);

        Assert.True(again.IsAccepted);
        Assert.Empty(again.Events);
        Assert.Equal(RefusalReason.StaleVersion, other.Refusal);
    }

    [Fact]
    public void Decide_NewArrangementOfAHigherVersion_ReplacesTheKeyFrag()
    {
        using var policy = Held();
        Carry(policy, Orders.Request(Orders.Proposal(Later), Cast.Alice), Now);
        Carry(policy, Orders.Request(Orders.Deposit(Later), Cast.Alice), Now);

        Assert.Equal(Later, policy.KeyFragVersion);
        Assert.Equal(
            RefusalReason.OtherKeyFragVersion, Decide(policy, Orders.Reencryption(Now), Cast.Bob, Now).Refusal);
        Assert.True(Decide(policy, Orders.Reencryption(Now, Later), Cast.Bob, Now).IsAccepted);
    }

    [Fact]
    public void Decide_LowerVersions_NeverWin()
    {
        using var policy = Held();
        Carry(
            policy, Orders.Request(Orders.Renewal(new(Now.AddSeconds(5)), new(Now, Now.AddHours(9))), Cast.Alice), Now);

        Assert.Equal(
            RefusalReason.StaleVersion, Decide(policy, Orders.Renewal(Later, Cast.Validity), Cast.Alice, Now).Refusal);
        Assert.Equal(RefusalReason.StaleVersion, Decide(policy, Orders.Revocation(Later), Cast.Alice, Now).Refusal);
        Assert.Equal(RefusalReason.StaleVersion, Decide(policy, Orders.Proposal(Later), Cast.Alice, Now).Refusal);
    }

    [Fact]
    public void Decide_RenewalOfTheSameOrderAgain_RepeatsTheReceipt()
    {
        using var policy = Held();
        var order = Orders.Request(Orders.Renewal(Later, new(Now, Now.AddHours(9))), Cast.Alice);
        Carry(policy, order, Now);

        var again = policy.Decide(order, default, Time.At(Now), Cast.Random());

        Assert.True(again.IsAccepted);
        Assert.Empty(again.Events);
    }

    [Fact]
    public void Decide_AfterRevocation_NothingRevivesThePolicyButANewerProposal()
    {
        using var policy = Held();
        Carry(policy, Orders.Request(Orders.Revocation(Later), Cast.Alice), Now);

        Assert.Equal(RefusalReason.Revoked, Decide(policy, Orders.Reencryption(Now), Cast.Bob, Now).Refusal);
        Assert.Equal(RefusalReason.Revoked, Decide(policy, Orders.Deposit(), Cast.Alice, Now).Refusal);
        Assert.Equal(RefusalReason.Revoked, Decide(policy, Orders.Proposal(), Cast.Alice, Now).Refusal);
        Assert.Equal(
            RefusalReason.Revoked,
            Decide(policy, Orders.Renewal(new(Now.AddSeconds(9)), Cast.Validity), Cast.Alice, Now).Refusal);
        Assert.True(Decide(policy, Orders.Revocation(Later), Cast.Alice, Now.AddHours(1)).IsAccepted);
        Assert.True(Decide(policy, Orders.Proposal(new(Now.AddSeconds(2))), Cast.Alice, Now).IsAccepted);
    }

    [Fact]
    public void Decide_RevocationOfAnArrangement_LeavesATombstoneForTheLateDeposit()
    {
        using var policy = NewPolicy();
        Carry(policy, Orders.Request(Orders.Proposal(), Cast.Alice), Now);
        Carry(policy, Orders.Request(Orders.Revocation(Later), Cast.Alice), Now);

        Assert.Equal(RefusalReason.Revoked, Decide(policy, Orders.Deposit(), Cast.Alice, Now).Refusal);
    }

    [Fact]
    public void Decide_RevocationOfNothing_LeavesNothing()
    {
        using var policy = NewPolicy();

        var decision = Decide(policy, Orders.Revocation(Later), Cast.Alice, Now);

        Assert.Equal(RefusalReason.UnknownPolicy, decision.Refusal);
        Assert.Empty(decision.Events);
        Assert.True(policy.IsForgettable(Now));
    }

    [Fact]
    public void DecideExpiry_AtTheEnd_LeavesATombstoneOnly()
    {
        using var policy = Held();
        Assert.Empty(policy.DecideExpiry(Cast.Validity.NotAfter.AddMilliseconds(-1), Cast.Random()));
        Assert.Equal(Cast.Validity.NotAfter, policy.WakeAt);

        var expired = Assert.IsType<PolicyExpired>(
            Assert.Single(policy.DecideExpiry(Cast.Validity.NotAfter, Cast.Random())));
        policy.Apply(expired);

        Assert.True(expired.EndsHistory);
        Assert.Equal(48 + 32 + 2 + ProxyKeys.StoredNameSize, expired.ToBytes().Length);
        Assert.Equal(PolicyStage.Expired, policy.Stage);
        Assert.Equal(Cast.Validity.NotAfter.AddDays(30), policy.WakeAt);
        Assert.Equal(RefusalReason.Expired, Decide(policy, Orders.Reencryption(Now), Cast.Bob, Now).Refusal);
        Assert.Equal(RefusalReason.Expired, Decide(policy, Orders.Deposit(), Cast.Alice, Now).Refusal);
        Assert.False(policy.IsForgettable(Cast.Validity.NotAfter.AddDays(29)));
        Assert.True(policy.IsForgettable(Cast.Validity.NotAfter.AddDays(31)));
    }

    [Fact]
    public void DecideExpiry_AliceClockAhead_TombstoneStillKnowsHerLastOrder()
    {
        using var policy = Held();
        var (last, end) = (new PolicyVersion(Now.AddMinutes(4)), Now.AddMinutes(1));
        Carry(policy, Orders.Request(Orders.Renewal(last, new(Now, end)), Cast.Alice), Now);
        policy.Apply(Assert.Single(policy.DecideExpiry(end, Cast.Random())));
        var validity = new Validity(end, end.AddHours(1));

        Assert.Equal(
            RefusalReason.Expired, Decide(policy, Orders.Proposal(last, validity, end), Cast.Alice, end).Refusal);
        Assert.True(
            Decide(policy, Orders.Proposal(PolicyVersion.Next(last, end), validity, end), Cast.Alice, end).IsAccepted);
    }

    [Fact]
    public void DecideExpiry_ArrangementWithoutDeposit_Lapses()
    {
        using var policy = NewPolicy();
        Carry(policy, Orders.Request(Orders.Proposal(), Cast.Alice), Now);

        var lapsed = Assert.Single(policy.DecideExpiry(policy.WakeAt!.Value, Cast.Random()));
        policy.Apply(lapsed);

        Assert.Equal(PolicyStage.Unknown, policy.Stage);
        Assert.True(policy.IsForgettable(Now));
    }

    [Fact]
    public void Decide_RenewalAfterTheEnd_IsRefusedBeforeTheTimerRan()
    {
        using var policy = Held();
        var end = Cast.Validity.NotAfter;

        Assert.Equal(
            RefusalReason.Expired,
            Decide(policy, Orders.Renewal(new(end), new(end, end.AddHours(1))), Cast.Alice, end).Refusal);
    }

    [Fact]
    [Trait("Row", "AC-04")]
    public void Decide_KeyFragAtRest_IsNotThePlainOne()
    {
        using var policy = NewPolicy();
        Carry(policy, Orders.Request(Orders.Proposal(), Cast.Alice), Now);
        var deposited = Carry(policy, Orders.Request(Orders.Deposit(), Cast.Alice), Now).Events[0].ToBytes();
        var plain = Orders.Split(2, 3)[0].ToBytes();

        for (var offset = 0; offset + 32 <= plain.Length; offset++)
            Assert.True(deposited.AsSpan().IndexOf(plain.AsSpan(offset, 32)) < 0, $"offset {offset}");
    }

    [Fact]
    [Trait("Row", "AC-04")]
    public void Decide_StoredKeyFragOfAnotherNode_ServesNothing()
    {
        using var policy = NewPolicy();
        using var stolen = new UrsulaPolicy(Cast.PolicyId, Cast.Mallory.Proxy, new UrsulaOptions());
        foreach (var step in new[] { Orders.Request(
            Orders.Proposal(), Cast.Alice), Orders.Request(Orders.Deposit(), Cast.Alice) })
        {
            foreach (var policyEvent in Carry(policy, step, Now).Events)
                stolen.Apply(policyEvent);
        }

        var asked = Orders.Reencryption(Now) with { Ursula = Cast.Mallory.Id };

        Assert.Equal(RefusalReason.NoKeyFrag, Decide(stolen, asked, Cast.Bob, Now).Refusal);
    }

    [Fact]
    public void Decide_RequestForAnotherPolicy_IsWrongUse()
    {
        using var policy = new UrsulaPolicy(default, Cast.Ursula.Proxy, new UrsulaOptions());

        Assert.Throws<ArgumentException>(() => Decide(policy, Orders.Proposal(), Cast.Alice, Now));
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(4)]
    public void Decide_RandomCommands_KeepTheInvariants(int seed)
    {
        var random = new Random(seed);
        using var policy = NewPolicy();
        var (now, endedAt, highest, served) = (Now, (PolicyVersion?)null, (PolicyVersion?)null, 0);
        for (var i = 0; i < 250; i++)
        {
            now = now.AddSeconds(random.Next(20));
            var version = new PolicyVersion(now.AddSeconds(random.Next(-60, 60)));
            var validity = new Validity(now.AddSeconds(random.Next(-30, 30)), now.AddSeconds(random.Next(31, 300)));
            var kfragVersion = random.Next(3) == 0 ? version : policy.KeyFragVersion ?? version;
            var decision = random.Next(6) switch
            {
                0 or 1 => ArrangeAndDeposit(policy, version, validity, now),
                2 => Carry(policy, Orders.Request(Orders.Renewal(version, validity), Cast.Alice), now),
                3 when random.Next(3) == 0 =>
                    Carry(policy, Orders.Request(Orders.Revocation(version), Cast.Alice), now),
                4 => Expire(policy, now),
                _ => Carry(policy, Orders.Request(Orders.Reencryption(now, kfragVersion, i + 1), Cast.Bob), now),
            };
            foreach (var policyEvent in decision.Events)
            {
                if (VersionOf(policyEvent) is not { } carried)
                    continue;
                Assert.True(highest is null || carried >= highest, $"seed {seed}, step {i}: a lower version won");
                highest = carried;
            }

            if (decision.Events.Any(e => e is PolicyRevoked or PolicyExpired))
                endedAt = highest;
            if (policy.Stage is PolicyStage.Revoked or PolicyStage.Expired
                or PolicyStage.Arranged or PolicyStage.Unknown)
                Assert.Null(policy.Validity);
            if (IsServed(decision))
            {
                served++;
                Assert.True(policy.Validity!.Value.Contains(now), $"seed {seed}, step {i}: served outside its time");
                Assert.True(
                    endedAt is null || policy.KeyFragVersion > endedAt,
                    $"seed {seed}, step {i}: served a revoked kfrag");
            }
        }

        Assert.True(served > 0, $"seed {seed} never served");
        Assert.True(endedAt is not null, $"seed {seed} never ended");
    }

    private static bool IsServed(UrsulaDecision decision) =>
        decision.IsAccepted && SignedMessage.TryRead<ReencryptionResponse>(decision.Reply.Span, out _, out _);

    private static PolicyVersion? VersionOf(PolicyEvent policyEvent) => policyEvent switch
    {
        PolicyArranged e => e.Version,
        KeyFragDeposited e => e.Version,
        PolicyRenewed e => e.Version,
        PolicyRevoked e => e.Version,
        PolicyExpired e => e.Version,
        _ => null,
    };

    private static UrsulaDecision ArrangeAndDeposit(
        UrsulaPolicy policy, PolicyVersion version, Validity validity, DateTimeOffset now)
    {
        var proposed = Carry(policy, Orders.Request(Orders.Proposal(version, validity, now), Cast.Alice), now);
        return proposed.IsAccepted
            ? Carry(policy, Orders.Request(Orders.Deposit(version, validity), Cast.Alice), now)
            : proposed;
    }

    private static UrsulaDecision Expire(UrsulaPolicy policy, DateTimeOffset now)
    {
        var events = policy.DecideExpiry(now, Cast.Random());
        foreach (var policyEvent in events)
            policy.Apply(policyEvent);
        return new UrsulaDecision(events, RefusalReason.None, default);
    }

    private static UrsulaPolicy NewPolicy(UrsulaOptions? options = null) =>
        new(Cast.PolicyId, Cast.Ursula.Proxy, options ?? new UrsulaOptions());

    private static UrsulaPolicy Held(UrsulaOptions? options = null)
    {
        var policy = NewPolicy(options);
        Carry(policy, Orders.Request(Orders.Proposal(), Cast.Alice), Now);
        Carry(policy, Orders.Request(Orders.Deposit(), Cast.Alice), Now);
        Assert.Equal(PolicyStage.Held, policy.Stage);
        return policy;
    }

    private static UrsulaDecision Decide<TBody>(UrsulaPolicy policy, TBody body, Identity signer, DateTimeOffset now)
        where TBody : class, IProtocolBody<TBody> =>
        policy.Decide(Orders.Request(body, signer), new UrsulaLoad(1, 1), Time.At(now), Cast.Random());

    private static UrsulaDecision Carry(UrsulaPolicy policy, UrsulaRequest request, DateTimeOffset now)
    {
        var decision = policy.Decide(request, default, Time.At(now), Cast.Random());
        foreach (var policyEvent in decision.Events)
            policy.Apply(policyEvent);
        return decision;
    }

    private static TBody Answer<TBody>(UrsulaDecision decision)
        where TBody : class, IProtocolBody<TBody>
    {
        Assert.Equal(RefusalReason.None, decision.Refusal);
        Assert.True(SignedMessage.TryRead<TBody>(decision.Reply.Span, out var message, out _));
        Assert.True(message.Verify(Cast.Ursula.VerifyingKey, out var verified));
        return verified.Body;
    }

    private static PolicyReceipt ReceiptOf(UrsulaDecision decision)
    {
        Assert.True(SignedMessage.TryRead<PolicyReceipt>(decision.Reply.Span, out var receipt, out _));
        return receipt.Claims;
    }
}
