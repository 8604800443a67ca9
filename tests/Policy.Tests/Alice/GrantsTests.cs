using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy.Alice;
using NuCypher.P2P.Policy.Records;
using NuCypher.P2P.Policy.Rules;
using NuCypher.P2P.Policy.Services;
using NuCypher.P2P.Policy.Tests.Support;
using NuCypher.P2P.Policy.Ursula;

namespace NuCypher.P2P.Policy.Tests.Alice;

public sealed class GrantsTests
{
    private static readonly Validity Longer = new(Cast.Now, Cast.Now.AddDays(9));

    [Fact]
    public void Apply_EventsReadBack_GiveTheSameGrants()
    {
        var scene = new Scene();
        scene.Renew(Longer);
        scene.Revoke();

        var recovered = new Grants();
        foreach (var grantEvent in scene.Events)
        {
            Assert.True(GrantEvents.TryRead(grantEvent.Manifest, grantEvent.ToBytes(), out var read));
            Assert.Equal(grantEvent.ToBytes(), read.ToBytes());
            recovered.Apply(read);
        }

        Assert.Equal(Bytes(scene.Grants), Bytes(recovered));
        Assert.Equal(GrantStatus.Revoked, recovered.Find(Cast.Hrac)!.StatusAt(Cast.Now));
    }

    [Fact]
    public void TryRead_OtherLengths_Refuses()
    {
        var scene = new Scene();
        scene.Renew(Longer);
        scene.Revoke();
        foreach (var grantEvent in scene.Events.DistinctBy(e => e.Manifest))
        {
            var bytes = grantEvent.ToBytes();
            for (var length = 0; length < bytes.Length; length++)
                Assert.False(GrantEvents.TryRead(grantEvent.Manifest, bytes.AsSpan(0, length), out _));
            Assert.False(GrantEvents.TryRead(grantEvent.Manifest, [.. bytes, 0], out _));
            Assert.False(GrantEvents.TryRead("other/1", bytes, out _));
        }
    }

    [Fact]
    public void OfMap_OwnMapOfARenewedGrant_TellsWhatIsNeededForRevokingIt()
    {
        var scene = new Scene();
        scene.Renew(Longer);
        Assert.True(RecordOf(scene.Grant).TryVerify(RecordSignatures.Verify, out var record));

        var found = Grant.OfMap(Cast.Alice, Cast.Bob.BobCard, Cast.Label, record);

        Assert.NotNull(found);
        Assert.Equal(
            scene.Grant.Holders.Where(holder => holder.IsConfirmed).Select(holder => holder.Ursula).ToHashSet(),
            found.Holders.Select(holder => holder.Ursula).ToHashSet());
        Assert.All(found.Holders, holder => Assert.True(holder.IsConfirmed));
        Assert.Equal(
            (scene.Grant.Threshold, scene.Grant.KeyFragVersion, Longer),
            (found.Threshold, found.KeyFragVersion, found.Validity));
        Assert.Equal(GrantStatus.Active, found.StatusAt(Cast.Now));
        Assert.Null(Grant.OfMap(Cast.Alice, Cast.Bob.BobCard, PolicyLabel.Parse("other"), record));
        Assert.Null(Grant.OfMap(Cast.Alice, Cast.Mallory.BobCard, Cast.Label, record));
        Assert.Null(Grant.OfMap(Cast.Mallory, Cast.Bob.BobCard, Cast.Label, record));
    }

    [Fact]
    public void DecideFound_KnownOrTooMany_MakesNoEvent()
    {
        var scene = new Scene();

        Assert.Empty(scene.Grants.DecideFound(scene.Grant).Events);
        Assert.IsType<GrantMade>(Assert.Single(new Grants(1).DecideFound(scene.Grant).Events));
        Assert.Equal(GrantRefusal.Full, new Grants(0).DecideFound(scene.Grant).Refusal);
    }

    [Fact]
    public void Renew_Everybody_MovesTheEndAndTheMap()
    {
        var scene = new Scene();
        var before = scene.Grant;

        scene.Renew(Longer);

        Assert.Equal(Longer, scene.Grant.Validity);
        Assert.All(
            scene.Grant.Holders,
            h => Assert.Equal(Longer, scene.Network.Of(h.Ursula).Policies[Cast.PolicyId].Validity));
        var (old, renewed) = (RecordOf(before), RecordOf(scene.Grant));
        Assert.Equal(old.Key, renewed.Key);
        Assert.True(renewed.Sequence > old.Sequence);
        Assert.Equal(Longer.NotAfter, renewed.NotAfter);
    }

    [Fact]
    public void Renew_FewerThanAThreshold_ChangesNothing()
    {
        var scene = new Scene();
        foreach (var holder in scene.Grant.Holders.Take(3))
            scene.Network.Lost.Add(holder.Ursula);
        var before = scene.Grant.Validity;

        var finished = scene.Order(OrderSession.Renew(
            scene.Grant, Longer, Cast.Alice, new GrantOptions(), scene.Network.Now, Cast.Random()));

        Assert.Equal(2, finished.Receipts.Count);
        var decision = scene.Grants.DecideRenewed(Cast.Hrac, finished, Cast.Alice.Signer, Cast.Random());
        Assert.Equal(GrantRefusal.TooFewReceipts, decision.Refusal);
        Assert.Equal(before, scene.Grant.Validity);
    }

    [Fact]
    public void DecideRenewed_ReceiptsOfOthersOrRepeated_DoNotCount()
    {
        var scene = new Scene();
        OrderReceipt[] receipts = [.. new[] { Cast.Mallory, Cast.Bob, Cast.Ursula }.Select(
            p => new OrderReceipt(p.Id, default))];
        OrderReceipt[] repeated = [.. Enumerable.Repeat(new OrderReceipt(scene.Grant.Holders[0].Ursula, default), 5)];
        var finished = new OrderFinished(new(Cast.Now.AddSeconds(9)), Longer, [.. receipts, .. repeated], []);

        var decision = scene.Grants.DecideRenewed(Cast.Hrac, finished, Cast.Alice.Signer, Cast.Random());

        Assert.Equal(GrantRefusal.TooFewReceipts, decision.Refusal);
    }

    [Fact]
    public void DecideRenewed_ReceiptsOfUnconfirmedHoldersOrAfterARevocation_DoNotCount()
    {
        var scene = new Scene();
        var doubtful = scene.Grant with
        {
            Holders = [.. scene.Grant.Holders.Select((holder, i) => holder with { IsConfirmed = i < 2 })],
        };
        var finished = new OrderFinished(
            new(Cast.Now.AddSeconds(9)), Longer, [.. doubtful.Holders.Select(h => new OrderReceipt(h.Ursula, default))],
            []);
        Assert.Equal(GrantRefusal.None, Renewed());

        scene.Grants.Apply(new GrantMade(doubtful));
        Assert.Equal(GrantRefusal.TooFewReceipts, Renewed());
        scene.Grants.Apply(new GrantMade(doubtful with { IsRevoking = true }));
        Assert.Equal(GrantRefusal.Revoked, Renewed());

        GrantRefusal Renewed() =>
            scene.Grants.DecideRenewed(Cast.Hrac, finished, Cast.Alice.Signer, Cast.Random()).Refusal;
    }

    [Fact]
    public void Revoke_SomeUnreachable_IsRevokedOnceTheRestIsBelowTheThreshold()
    {
        var scene = new Scene();
        NodeId[] lost = [.. scene.Grant.Holders.Take(3).Select(h => h.Ursula)];
        scene.Network.Lost.UnionWith(lost);

        scene.Revoke();
        Assert.Equal((GrantStatus.Revoking, 2), (scene.Grant.StatusAt(scene.Network.Now), scene.Grant.SharesGone));

        scene.Network.Lost.Remove(lost[0]);
        scene.Revoke();
        Assert.Equal((GrantStatus.Revoked, 3), (scene.Grant.StatusAt(scene.Network.Now), scene.Grant.SharesGone));
        Assert.Equal(PolicyStage.Held, scene.Network.Of(lost[1]).Policies[Cast.PolicyId].Stage);
    }

    [Fact]
    public void SharesGone_ShareWithAnUnconfirmedHolder_NeedsBothReceipts()
    {
        var grant = new Scene().Grant;
        var first = grant.Holders[0].Ursula;
        var doubtful = Cast.Mallory.Id;
        var revoking = grant with { Holders = [.. grant.Holders, new(doubtful, 0, false)], IsRevoking = true };

        Assert.Equal(0, (revoking with { Revoked = [first] }).SharesGone);
        Assert.Equal(1, (revoking with { Revoked = [first, doubtful] }).SharesGone);
    }

    [Fact]
    public void Revoke_ClockOneDayAhead_IsRevokedAndGrantedAnewWithTheRightClock()
    {
        var scene = new Scene();
        var right = scene.Network.Now;

        scene.Revoke(clockAhead: TimeSpan.FromDays(1));
        Assert.Equal(GrantStatus.Revoked, scene.Grant.StatusAt(right));
        scene.Make();

        Assert.Equal(GrantStatus.Active, scene.Grant.StatusAt(scene.Network.Now));
        scene.Revoke();
        Assert.Equal(GrantStatus.Revoked, scene.Grant.StatusAt(scene.Network.Now));
    }

    [Fact]
    public void Renew_EveryReceiptLost_StaysRevocableUntilTheNewEnd()
    {
        var scene = new Scene();
        foreach (var ursula in scene.Network.Ursulas)
            ursula.Tamper = (operation, status, body) => operation == ServiceKind.Renew ? null : (status, body);

        scene.RenewInVain(Longer);
        scene.Network.Now = Cast.Now.AddHours(2);

        Assert.Equal(5, scene.Serving);
        Assert.Equal(GrantStatus.Active, scene.Grant.StatusAt(scene.Network.Now));
        scene.Revoke();
        Assert.Equal((0, GrantStatus.Revoked), (scene.Serving, scene.Grant.StatusAt(scene.Network.Now)));
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(0, 1)]
    public void Renew_ToAnEarlierEnd_BindsOnceFewerThanAThresholdMayNotKnow(int silent, int servedHours)
    {
        var scene = new Scene();
        scene.Renew(Longer);

        Assert.Equal(Cast.Now.AddHours(servedHours), Shorten(scene.Grants, scene.Grant, silent));
        var (wider, grants) = (scene.Grant with { Threshold = 2 }, new Grants());
        grants.Apply(new GrantMade(wider));
        Assert.Equal(Longer.NotAfter, Shorten(grants, wider, 3));
    }

    private static DateTimeOffset Shorten(Grants grants, Grant grant, int silent)
    {
        var receipts = grant.Holders.Skip(silent).Select(h => new OrderReceipt(h.Ursula, default)).ToList();
        var finished = new OrderFinished(PolicyVersion.Next(grant.LastVersion, Cast.Now), Cast.Validity, receipts, []);
        var decision = grants.DecideRenewed(Cast.Hrac, finished, Cast.Alice.Signer, Cast.Random());
        return Assert.IsType<GrantRenewed>(Assert.Single(decision.Events)).ServedUntil;
    }

    [Fact]
    public void Make_CrashAfterTheDeposits_IsUnfinishedAndRevocable()
    {
        var scene = new Scene();
        scene.Revoke();

        scene.CrashWhileMaking();

        Assert.Equal((5, GrantStatus.Unfinished), (scene.Serving, scene.Grant.StatusAt(scene.Network.Now)));
        Assert.Equal(
            GrantRefusal.Unknown, scene.Grants.DecideRenewal(Cast.Hrac, Longer, default, scene.Network.Now).Refusal);
        scene.Revoke();
        Assert.Equal((0, GrantStatus.Revoked), (scene.Serving, scene.Grant.StatusAt(scene.Network.Now)));
    }

    [Fact]
    public void Make_TooFewUrsulas_IsRevokingAndFinishedLater()
    {
        var scene = new Scene();
        scene.Revoke();
        foreach (var ursula in scene.Network.Ursulas)
            ursula.Tamper = (operation, status, body) =>
                operation == ServiceKind.ProposeArrangement ? (status, body) : null;

        scene.Make();
        Assert.Equal(GrantStatus.Revoking, scene.Grant.StatusAt(scene.Network.Now));
        foreach (var ursula in scene.Network.Ursulas)
            ursula.Tamper = null;
        scene.Revoke();

        Assert.Equal((0, GrantStatus.Revoked), (scene.Serving, scene.Grant.StatusAt(scene.Network.Now)));
    }

    [Fact]
    public void Make_WhileAnOlderGrantIsNotRevokedYet_RevokesThatToo()
    {
        var scene = new Scene(ursulas: 10);
        NodeId[] old = [.. scene.Grant.Holders.Select(h => h.Ursula)];
        scene.Network.Lost.UnionWith(old);
        scene.Revoke();
        foreach (var id in old)
            scene.Network.Of(id).Tamper = (_, _, _) => null;

        scene.Make();
        Assert.DoesNotContain(scene.Grant.Holders, h => h.IsConfirmed && old.Contains(h.Ursula));
        scene.Revoke();
        Assert.Equal((5, GrantStatus.Revoking), (scene.Serving, scene.Grant.StatusAt(scene.Network.Now)));

        scene.Network.Lost.Clear();
        foreach (var id in old)
            scene.Network.Of(id).Tamper = null;
        scene.Revoke();
        Assert.Equal((0, GrantStatus.Revoked), (scene.Serving, scene.Grant.StatusAt(scene.Network.Now)));
        Assert.Empty(scene.Grant.LeftOver());
    }

    [Fact]
    public void DecideStart_AsManyUnrevokedGrantsAsAreRemembered_IsFull()
    {
        var grants = new Grants();
        var grant = new Scene().Grant with { IsRevoking = true };
        var left = Assert.Single(grant.LeftOver());

        grants.Apply(new GrantMade(grant with { Former = [.. Enumerable.Repeat(left, Grant.MaxFormer - 1)] }));
        Assert.Equal(GrantRefusal.None, grants.DecideStart(Cast.Hrac, Cast.Now).Refusal);
        grants.Apply(new GrantMade(grant with { Former = [.. Enumerable.Repeat(left, Grant.MaxFormer)] }));
        Assert.Equal(GrantRefusal.Full, grants.DecideStart(Cast.Hrac, Cast.Now).Refusal);
    }

    [Theory, InlineData(true), InlineData(false)]
    public void TryRead_GrantWithAllThatMayBeInIt_GivesItBack(bool areRulesKnown)
    {
        var (grant, former) = (new Scene().Grant, new Scene().Grant with { IsRevoking = true });
        var full = grant with
        {
            IsRevoking = areRulesKnown,
            Revoked = [Cast.Mallory.Id, Cast.Ursula.Id],
            Holders = [new KeyFragHolder(Cast.Ursula.Id, 1, true), new KeyFragHolder(Cast.Mallory.Id, 0, false)],
            Former = [.. former.LeftOver(), .. former.LeftOver()],
            Rules = areRulesKnown ? PolicyRules.None : null,
        };
        var bytes = new GrantMade(full).ToBytes();

        Assert.True(GrantEvents.TryRead(new GrantMade(full).Manifest, bytes, out var read));
        var back = Assert.IsType<GrantMade>(read).Grant;

        Assert.Equal((full.IsRevoking, full.Rules), (back.IsRevoking, back.Rules));
        Assert.Equal(full.Revoked, back.Revoked);
        Assert.Equal(full.Holders, back.Holders);
        Assert.Equal(2, back.Former.Count);
        foreach (var (one, other) in full.Former.Zip(back.Former))
        {
            Assert.Equal(
                (one.KeyFragVersion, one.Threshold, one.Shares, one.ServedUntil),
                (other.KeyFragVersion, other.Threshold, other.Shares, other.ServedUntil));
            Assert.Equal(one.Holders, other.Holders);
        }
    }

    [Fact]
    public void TryRead_GrantWithAKeyThatIsNoPoint_Refuses()
    {
        var grant = new Scene().Grant;
        var bytes = new GrantMade(grant).ToBytes();
        VerifyAltered(grant.Bob.VerifyingKey.ToBytes());
        VerifyAltered(grant.Bob.EncryptingKey.ToBytes());
        VerifyAltered(grant.PolicyKey.ToBytes());
        VerifyAltered([.. grant.Label.ToBytes()]);

        void VerifyAltered(byte[] field)
        {
            var altered = bytes.ToArray();
            altered[bytes.AsSpan().IndexOf(field)] = 0xFF; // no sign of a point, and no UTF-8
            Assert.False(GrantEvents.TryRead(new GrantMade(grant).Manifest, altered, out _));
        }
    }

    [Fact]
    public void IsRevocationOpen_UntilAllConfirmedOrItsEnd_IsTrue()
    {
        var grant = new Scene().Grant with { IsRevoking = true };
        var end = grant.ServedUntil;

        Assert.True(grant.IsRevocationOpen(end.AddTicks(-1)));
        Assert.False(grant.IsRevocationOpen(end));
        Assert.False((grant with { IsRevoking = false }).IsRevocationOpen(end.AddTicks(-1)));
        Assert.False((grant with
        {
            Revoked = [.. grant.Holders.Select(h => h.Ursula)],
        }).IsRevocationOpen(end.AddTicks(-1)));
    }

    [Fact]
    public void StatusAt_BeforeItsStartAndAtItsEnd_IsNotYetAndExpired()
    {
        var grant = new Scene().Grant;

        Assert.Equal(GrantStatus.NotYet, grant.StatusAt(grant.Validity.NotBefore.AddTicks(-1)));
        Assert.Equal(GrantStatus.Active, grant.StatusAt(grant.Validity.NotBefore));
        Assert.Equal(GrantStatus.Active, grant.StatusAt(grant.ServedUntil.AddTicks(-1)));
        Assert.Equal(GrantStatus.Expired, grant.StatusAt(grant.ServedUntil));
    }

    [Fact]
    public void LeftOver_MoreThanAreRemembered_DropsWhatIsBelowItsThreshold()
    {
        var grant = new Scene().Grant with { IsRevoking = true };
        var whole = Assert.Single(grant.LeftOver());
        var harmless = whole with { Holders = [.. whole.Holders.Take(whole.Threshold - 1)] };
        var few = grant with { Former = [harmless, .. Enumerable.Repeat(whole, Grant.MaxFormer - 2)] };
        var many = grant with { Former = [harmless, .. Enumerable.Repeat(whole, Grant.MaxFormer - 1)] };
        var justEnough = whole with { Holders = [.. whole.Holders.Take(whole.Threshold)] };

        Assert.Equal((Grant.MaxFormer, true), (few.LeftOver().Count, IsThere(few)));
        Assert.Equal((Grant.MaxFormer, false), (many.LeftOver().Count, IsThere(many)));
        Assert.Equal((true, false), (harmless.IsGone([]), justEnough.IsGone([])));

        bool IsThere(Grant books) => books.LeftOver().Any(former => former.Holders.Count == harmless.Holders.Count);
    }

    [Fact]
    public void All_SeveralLabels_AreOrderedByLabelThenByName()
    {
        var grant = new Scene().Grant;
        var grants = new Grants();
        foreach (var (label, hrac) in new[] { ("b", 1), ("a", 2), ("c", 0), ("a", 1) })
        {
            grants.Apply(new GrantMade(grant with
            {
                Label = PolicyLabel.Parse(label),
                Hrac = new Hrac(Digest.Read([(byte)label[0], (byte)hrac, .. new byte[30]])),
            }));
        }

        Assert.Equal(["a", "a", "b", "c"], grants.All.Select(g => g.Label.Text));
        Assert.StartsWith("6101", grants.All[0].Hrac.ToString());
    }

    [Fact]
    public void DecideBegun_AtTheLimit_IsFullButForWhatIsKnown()
    {
        var grant = new Scene().Grant;
        var grants = new Grants(1);

        Assert.IsType<GrantBegun>(Assert.Single(grants.DecideBegun(new DepositsPlanned(grant)).Events));
        grants.Apply(new GrantMade(grant));
        Assert.True(grants.DecideBegun(new DepositsPlanned(grant)).IsAccepted);
        Assert.Equal(
            GrantRefusal.Full, grants.DecideBegun(new DepositsPlanned(grant with { Hrac = default })).Refusal);
    }

    [Fact]
    public void DecideFailed_GrantThatWasFinishedOrRevoked_IsNotRevokedByIt()
    {
        var scene = new Scene();
        var failed = new GrantFailed(Cast.Hrac, scene.Grant.LastVersion, GrantFailure.DeadlinePassed, 0, []);

        Assert.Empty(scene.Grants.DecideFailed(failed).Events);
        Assert.Empty(new Grants().DecideFailed(failed).Events);
        scene.Grants.Apply(new GrantMade(scene.Grant with { MapRecord = default }));
        Assert.IsType<OrderIssued>(Assert.Single(scene.Grants.DecideFailed(failed).Events));
    }

    [Fact]
    public void DecideReceipt_SecondOfTheSameUrsula_MakesNoEvent()
    {
        var scene = new Scene();
        scene.Revoke();
        var receipt = new OrderReceipt(scene.Grant.Holders[0].Ursula, default);

        Assert.Empty(scene.Grants.DecideReceipt(Cast.Hrac, receipt).Events);
        Assert.Empty(scene.Grants.DecideReceipt(Cast.Hrac, receipt with { Ursula = Cast.Mallory.Id }).Events);
    }

    [Fact]
    public void Decide_WrongState_RefusesWithReason()
    {
        var scene = new Scene();
        var (version, after) = (new PolicyVersion(Cast.Now.AddMinutes(1)), Cast.Validity.NotAfter);

        Assert.Equal(GrantRefusal.InForce, scene.Grants.DecideStart(Cast.Hrac, Cast.Now).Refusal);
        Assert.Equal(GrantRefusal.None, scene.Grants.DecideStart(Cast.Hrac, after).Refusal);
        Assert.Equal(GrantRefusal.Unknown, scene.Grants.DecideRenewal(default, Longer, version, Cast.Now).Refusal);
        Assert.Equal(GrantRefusal.Expired, scene.Grants.DecideRenewal(Cast.Hrac, Longer, version, after).Refusal);
        Assert.Equal(GrantRefusal.Unknown, scene.Grants.DecideRevocation(default, version).Refusal);
        Assert.Equal(GrantRefusal.None, scene.Grants.DecideRevocation(Cast.Hrac, version).Refusal);
        Assert.Equal(GrantRefusal.Unknown, scene.Grants.DecideReceipt(Cast.Hrac, new(default, default)).Refusal);
        scene.Revoke();
        Assert.Equal(GrantRefusal.Revoked, scene.Grants.DecideRenewal(Cast.Hrac, Longer, version, Cast.Now).Refusal);
        Assert.Equal(GrantRefusal.None, scene.Grants.DecideStart(Cast.Hrac, Cast.Now).Refusal);
    }

    [Theory]
    [InlineData(1, 1, 0, 1, true)]
    [InlineData(32, 32, -60, 1, true)]
    [InlineData(0, 1, 0, 1, false)]
    [InlineData(2, 1, 0, 1, false)]
    [InlineData(1, 33, 0, 1, false)]
    [InlineData(1, 1, 0, 0, false)]
    [InlineData(1, 1, 60, 1, false)]
    public void AreValid_EachTerm_MustBePossible(int threshold, int shares, int start, int end, bool expected)
    {
        var validity = new Validity(Cast.Now.AddSeconds(start), Cast.Now.AddSeconds(end));

        Assert.Equal(
            expected, new GrantTerms(Cast.Label, Cast.Bob.BobCard, threshold, shares, validity).AreValid(Cast.Now));
    }

    [Fact]
    public void CanEndAt_PastOrBeforeTheStart_IsFalse()
    {
        var grant = new Scene().Grant;

        var untilThen = new PolicyRules([], null, new Condition.TimeBefore(Cast.Now.AddSeconds(1)));

        Assert.True(grant.CanEndAt(Cast.Now.AddSeconds(2), PolicyRules.None, Cast.Now.AddSeconds(1)));
        Assert.False(grant.CanEndAt(Cast.Now.AddSeconds(2), untilThen, Cast.Now.AddSeconds(1)));
        Assert.False(grant.CanEndAt(Cast.Now.AddSeconds(1), PolicyRules.None, Cast.Now.AddSeconds(1)));
        Assert.False(grant.CanEndAt(grant.Validity.NotBefore, PolicyRules.None, Cast.Now.AddYears(-1)));
    }

    [Theory, InlineData(0, false), InlineData(2, false), InlineData(3, true), InlineData(5, true)]
    public void IsSettledBy_SomeOfThreeOfFive_IsOnceTheOthersAreBelowTheThreshold(int confirmed, bool expected)
    {
        var grant = new Scene().Grant;
        NodeId[] ursulas = [.. grant.Holders.Take(confirmed).Select(holder => holder.Ursula)];

        Assert.Equal(expected, grant.IsSettledBy(ursulas));
        Assert.Equal(expected, grant.IsSettledBy([.. ursulas, .. ursulas, Cast.Mallory.Id]));
    }

    [Fact]
    public void Renew_GrantFoundByItsMap_NeedsRules()
    {
        var scene = new Scene();
        Assert.True(RecordOf(scene.Grant).TryVerify(RecordSignatures.Verify, out var record));
        var found = Grant.OfMap(Cast.Alice, Cast.Bob.BobCard, Cast.Label, record);

        Assert.NotNull(found);
        Assert.Null(found.Rules);
        Assert.Throws<ArgumentException>(() => Renew(null));
        Assert.NotNull(Renew(PolicyRules.None));

        OrderSession Renew(PolicyRules? rules) => OrderSession.Renew(
            found, Longer, Cast.Alice, new GrantOptions(), scene.Network.Now, Cast.Random(), rules);
    }

    [Fact]
    [Trait("Row", "PO-03")]
    public void Renew_OtherRules_AreAtEveryUrsulaAndInTheBooksAndStayThere()
    {
        var scene = new Scene();
        var soon = new PolicyRules([new Validity(Cast.Now, Cast.Now.AddDays(2))]);

        scene.Renew(Longer, soon);
        Assert.Equal(soon, scene.Grant.Rules);
        Assert.All(scene.Grant.Holders, h => Assert.Equal(Cast.Now.AddDays(2), EndAt(h)));

        scene.Renew(Longer with { NotAfter = Cast.Now.AddDays(1) }); // the same rules
        Assert.Equal(soon, scene.Grant.Rules);
        Assert.All(scene.Grant.Holders, h => Assert.Equal(Cast.Now.AddDays(1), EndAt(h)));

        scene.Renew(Longer, PolicyRules.None);
        Assert.Equal(PolicyRules.None, scene.Grant.Rules);
        Assert.All(scene.Grant.Holders, h => Assert.Equal(Longer.NotAfter, EndAt(h)));

        DateTimeOffset? EndAt(KeyFragHolder holder) =>
            scene.Network.Of(holder.Ursula).Policies[Cast.PolicyId].Validity?.NotAfter;
    }

    [Fact]
    public void DecideStart_AtTheLimit_IsFull()
    {
        var grants = new Grants(maxGrants: 1);
        Assert.True(grants.DecideStart(Cast.Hrac, Cast.Now).IsAccepted);
        grants.Apply(new GrantMade(new Scene().Grant));

        Assert.Equal(GrantRefusal.Full, grants.DecideStart(default, Cast.Now).Refusal);
        var (same, other) = (grants.All[0], grants.All[0] with { Hrac = default });
        Assert.True(grants.DecideMade(new GrantFinished(same, [])).IsAccepted);
        Assert.Equal(GrantRefusal.Full, grants.DecideMade(new GrantFinished(other, [])).Refusal);
        Assert.Equal(1, grants.Count);
    }

    [Fact]
    public void Grant_AgainAfterRevocation_ServesWithTheNewKeyFragsOnly()
    {
        var scene = new Scene();
        var old = scene.Grant;
        scene.Revoke();

        scene.Make();

        Assert.True(scene.Grant.KeyFragVersion > old.LastVersion);
        Assert.Equal(GrantStatus.Active, scene.Grant.StatusAt(scene.Network.Now));
        Assert.All(
            scene.Grant.Holders,
            h => Assert.Equal(PolicyStage.Held, scene.Network.Of(h.Ursula).Policies[Cast.PolicyId].Stage));
    }

    private static string Bytes(Grants grants) =>
        string.Concat(grants.All.Select(g => Convert.ToHexString(new GrantMade(g).ToBytes())));

    private static SignedRecord RecordOf(Grant grant)
    {
        Assert.True(SignedRecord.TryRead(grant.MapRecord.Span, out var record));
        Assert.True(record.TryVerify(RecordSignatures.Verify, out _));
        return record;
    }

    /// <summary>Alice with one grant of 3 of 5 among 6 Ursulas.</summary>
    private sealed class Scene
    {
        public Scene(int ursulas = 6)
        {
            Network = new(ursulas);
            Make();
        }

        public VirtualNetwork Network { get; }

        public Grants Grants { get; } = new();

        public List<GrantEvent> Events { get; } = [];

        public Grant Grant => Grants.Find(Cast.Hrac)!;

        public int Serving =>
            Network.Ursulas.Count(u => u.Policies.GetValueOrDefault(Cast.PolicyId)?.Stage == PolicyStage.Held);

        public void Make()
        {
            Assert.True(Grants.DecideStart(Cast.Hrac, Network.Now).IsAccepted);
            var validity = new Validity(Network.Now, Network.Now.AddHours(1));
            using var session = new GrantSession(
                new(Cast.Label, Cast.Bob.BobCard, 3, 5, validity), Grants.Find(Cast.Hrac), Cast.Alice,
                new GrantOptions(), Network.Now, Cast.Random());
            var end = Network.Run(session);
            if (Network.Planned is { } planned)
                Carry(Grants.DecideBegun(new DepositsPlanned(planned)));
            if (end is GrantFinished finished)
                Carry(Grants.DecideMade(finished));
            else
                Carry(Grants.DecideFailed(Assert.IsType<GrantFailed>(end)));
        }

        /// <summary>Alice's process dies when all kfrags are sent and before she hears of one.</summary>
        public void CrashWhileMaking()
        {
            using var session = new GrantSession(
                new(Cast.Label, Cast.Bob.BobCard, 3, 5, new Validity(Network.Now, Network.Now.AddHours(1))),
                Grants.Find(Cast.Hrac), Cast.Alice, new GrantOptions(), Network.Now, Cast.Random());
            Network.Run(session);
            Carry(Grants.DecideBegun(new DepositsPlanned(Network.Planned!)));
        }

        public void Renew(Validity validity, PolicyRules? rules = null)
        {
            var session = OrderSession.Renew(
                Grant, validity, Cast.Alice, new GrantOptions(), Network.Now, Cast.Random(), rules);
            Carry(Grants.DecideRenewal(Cast.Hrac, validity, session.Version, Network.Now));
            Carry(Grants.DecideRenewed(Cast.Hrac, Order(session), Cast.Alice.Signer, Cast.Random()));
        }

        public void RenewInVain(Validity validity)
        {
            var session = OrderSession.Renew(
                Grant, validity, Cast.Alice, new GrantOptions(), Network.Now, Cast.Random());
            Carry(Grants.DecideRenewal(Cast.Hrac, validity, session.Version, Network.Now));
            Assert.Equal(
                GrantRefusal.TooFewReceipts,
                Grants.DecideRenewed(Cast.Hrac, Order(session), Cast.Alice.Signer, Cast.Random()).Refusal);
        }

        public void Revoke(TimeSpan clockAhead = default)
        {
            var session = OrderSession.Revoke(
                Grant, Cast.Alice, new GrantOptions(), Network.Now + clockAhead, Cast.Random());
            Carry(Grants.DecideRevocation(Cast.Hrac, session.Version));
            foreach (var receipt in Order(session).Receipts)
                Carry(Grants.DecideReceipt(Cast.Hrac, receipt));
        }

        public OrderFinished Order(OrderSession session)
        {
            List<OrderReceipt> seen = [];
            var finished = Assert.IsType<OrderFinished>(Network.Run(session, seen));
            Assert.Equal(finished.Receipts, seen);
            return finished;
        }

        private void Carry(GrantDecision decision)
        {
            Assert.Equal(GrantRefusal.None, decision.Refusal);
            foreach (var grantEvent in decision.Events)
                Grants.Apply(grantEvent);
            Events.AddRange(decision.Events);
        }
    }
}
