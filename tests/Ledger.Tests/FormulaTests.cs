using CsCheck;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Ledger.Emission;
using NuCypher.P2P.Ledger.Evidence;
using NuCypher.P2P.Ledger.Health;
using NuCypher.P2P.Ledger.Selection;
using NuCypher.P2P.Ledger.Tests.Support;
using NuCypher.P2P.Policy.Wire;

namespace NuCypher.P2P.Ledger.Tests;

/// <summary>The known answers of the formulas by themselves.</summary>
public sealed class FormulaTests(ITestOutputHelper output)
{
    [Fact]
    [Trait("Row", "LG-06")]
    public void IndexAt_StakesOneToFour_AreThePiecesOfTheLine()
    {
        var table = Table(1, 2, 3, 4);

        Assert.Equal((UInt128)10, table.Total);
        Assert.Equal([0, 1, 3, 6], Enumerable.Range(0, 4).Select(i => (int)table.StartOf(i)));
        Assert.Equal([0, 1, 1, 2, 2, 2, 3, 3, 3, 3], Enumerable.Range(0, 10).Select(r => table.IndexAt((UInt128)r)));
        Assert.Throws<ArgumentOutOfRangeException>(() => table.IndexAt(10));
    }

    [Fact]
    [Trait("Row", "LG-06")]
    public void IndexAt_RandomStakes_IsWhatASearchFromTheStartFinds() =>
        Gen.Select(Gen.UInt[1, 50].Array[1, 60], Gen.UInt).Sample(
            (stakes, drawn) =>
            {
                var table = Table(stakes);
                var (point, expected) = (drawn % (uint)table.Total, 0);
                for (var left = point; left >= stakes[expected]; expected++)
                    left -= stakes[expected];
                Assert.Equal(expected, table.IndexAt(point));
            },
            writeLine: output.WriteLine);

    [Fact]
    [Trait("Row", "LG-05")]
    public void Draw_TwoOfFourStakers_FindsEachAsOftenAsComputed()
    {
        const int draws = 200_000;
        double[] expected = [197 / 840.0, 139 / 315.0, 73 / 120.0, 451 / 630.0];
        var (table, random, found) = (Table(1, 2, 3, 4), new SeededRandom(1), new int[4]);

        for (var i = 0; i < draws; i++)
        {
            foreach (var id in table.Draw(2, random)!)
                found[table.Stakers.Index().First(staker => staker.Item.Id == id).Index]++;
        }

        for (var i = 0; i < 4; i++)
            Assert.InRange((double)found[i] / draws, expected[i] - 0.0045, expected[i] + 0.0045);
    }

    [Fact]
    [Trait("Row", "LG-05")]
    public void Draw_ThousandEqualStakers_FindsEachAsOften()
    {
        const int draws = 200_000;
        var table = Table([.. Enumerable.Repeat(15_000u, 1_000)]);
        var (random, found) = (new SeededRandom(2), new Dictionary<NodeId, int>());

        for (var i = 0; i < draws; i++)
        {
            foreach (var id in table.Draw(3, random)!)
                found[id] = found.GetValueOrDefault(id) + 1;
        }

        Assert.Equal(1_000, found.Count);
        Assert.All(found.Values, times => Assert.InRange((double)times / draws, 0.003 - 0.0007, 0.003 + 0.0007));
    }

    [Fact]
    [Trait("Row", "LG-07")]
    public void Draw_AsManyAsThereAre_GivesEachOnceAndOneMoreNothing()
    {
        var table = Table(1, 1_000_000, 1, 1, 1);

        Assert.Equal(5, table.Draw(5, new SeededRandom(3))!.Distinct().Count());
        Assert.Null(table.Draw(6, new SeededRandom(3)));
        Assert.Empty(StakeTable.Empty.Draw(0, new SeededRandom(3))!);
    }

    [Fact]
    [Trait("Row", "LG-08")]
    public void Draw_FromASeed_CanBeRepeatedByAnybody()
    {
        var (table, seed) = (Table(5, 4, 3, 2, 1), DomainHash.Compute("test", [1]));

        Assert.Equal(table.Draw(3, seed), table.Draw(3, seed));
        Assert.Contains(
            Enumerable.Range(0, 20).Select(i => table.Draw(3, DomainHash.Compute("test", [(byte)i]))!),
            other => !other.SequenceEqual(table.Draw(3, seed)!));
    }

    [Fact]
    [Trait("Row", "LG-23")]
    public void Divide_KnownStakes_GivesTheKnownRewards()
    {
        int[] fees = [5, 0, 7, 3];

        var rewards = RewardSplit.Divide([10, 20, 30, 40], 1_000, out var rest);

        Assert.Equal([105, 200, 307, 403], rewards.Zip(fees, (reward, fee) => (int)reward + fee));
        Assert.Equal((UInt128)0, rest);
    }

    [Fact]
    [Trait("Row", "LG-23")]
    public void Divide_ThreeEqualStakes_CarriesTheRemainder()
    {
        var (carried, parts) = (UInt128.Zero, new List<(int Each, int Left)>());

        for (var period = 0; period < 3; period++)
            parts.Add(((int)RewardSplit.Divide([1, 1, 1], 100 + carried, out carried)[0], (int)carried));

        Assert.Equal([(33, 1), (33, 2), (34, 0)], parts);
        Assert.Empty(RewardSplit.Divide([], 7, out carried));
        Assert.Equal((UInt128)7, carried);
    }

    [Fact]
    [Trait("Row", "LG-23")]
    public void Divide_TenThousandPeriods_PaysOutAllThatWasMinted()
    {
        var random = new Random(4);
        UInt128 minted = 0, paid = 0, carried = 0;

        for (var period = 0; period < 10_000; period++)
        {
            UInt128[] stakes = [.. Enumerable.Range(0, random.Next(1, 9))
                .Select(_ => (UInt128)random.NextInt64(1, 1L << 60))];
            var amount = (UInt128)random.NextInt64(1L << 60);
            minted += amount;
            paid = RewardSplit.Divide(stakes, amount + carried, out carried).Aggregate(paid, (sum, part) => sum + part);
            Assert.Equal(minted, paid + carried);
        }
    }

    [Theory]
    [Trait("Row", "LG-25")]
    [InlineData(1_000_000_000, 2_890_000_000, 2_890_000, 2_827_360_222)]
    [InlineData(1_000_000_000_000_000_000, 2_890_000_000_000_000_000, 2_890_000_000_000_000, 2_827_360_222_411_913_911)]
    public void Mint_ThousandPeriods_GivesTheKnownSupply(ulong supply, ulong reserve, ulong first, ulong expected)
    {
        var minted = Minted(new EmissionCurve(first, reserve), 1_000, out _);

        Assert.Equal((UInt128)expected, supply + minted);
    }

    [Fact]
    [Trait("Row", "LG-25")]
    public void Mint_FirstPeriods_GiveTheKnownAmounts()
    {
        var curve = new EmissionCurve(2_890_000, 2_890_000_000);
        UInt128 left = curve.Reserve, carry = 0;

        foreach (var expected in (uint[])[2_890_000, 2_887_110, 2_884_222])
        {
            var minted = curve.Mint(left, carry, out carry);
            Assert.Equal(expected, minted);
            left -= minted;
        }
    }

    [Fact]
    [Trait("Row", "LG-26")]
    public void Mint_InTheEnd_LeavesNothingBehindAndNeverMintsMore()
    {
        var curve = new EmissionCurve(2_890_000, 2_890_000_000);

        var minted = Minted(curve, 20_000, out var last);
        var all = Minted(curve, 60_000, out _);

        Assert.InRange(last, (UInt128)0, (UInt128)1); // under one coin a period after 20 T
        Assert.InRange(minted, curve.Reserve - 30, curve.Reserve);
        Assert.Equal(curve.Reserve, all);
        Assert.Equal((UInt128)0, new EmissionCurve(0, 0).Mint(0, 0, out _));
    }

    [Theory]
    [Trait("Row", "LG-24")]
    [InlineData(1_000, 0.0005), InlineData(2_000, 0.001), InlineData(5_000, 0.0025)]
    public void Mint_AgainstTheExponential_IsLowByTheKnownPart(int periods, double part)
    {
        Minted(new EmissionCurve(2_890_000_000_000_000, 2_890_000_000_000_000_000), periods + 1, out var last);

        var expected = 2_890_000e9 * Math.Exp(-periods / 1_000.0);
        Assert.InRange(1 - ((double)last / expected), part * 0.95, part * 1.05);
    }

    [Theory]
    [Trait("Row", "SE-11")]
    [InlineData(LeakRules.Revocation, 0, 60, 0, 540), InlineData(LeakRules.SelfIncriminating, 0, 60, 0, 540)]
    [InlineData(LeakRules.Seed, 20, 60, 520, 0), InlineData(LeakRules.Capped, 20, 40, 540, 0)]
    public void Of_KnownNumbers_DividesAsKnown(LeakRules rules, int challenger, int owner, int seized, int miner)
    {
        var payoff = LeakPayoff.Of(rules, 100, 500, 30, 12, 1, 2);

        Assert.Equal(((UInt128)challenger, (UInt128)owner, (UInt128)seized, (UInt128)miner),
            (payoff.Challenger, payoff.Owner, payoff.Seized, payoff.Miner));
    }

    [Fact]
    [Trait("Row", "SE-11")]
    public void Of_UnevenNumbers_SumsToAllOfIt()
    {
        var payoff = LeakPayoff.Of(LeakRules.Seed, 101, 500, 30, 13, 1, 3);

        Assert.Equal(
            (14, 57, 530, 601), ((int)payoff.Challenger, (int)payoff.Owner, (int)payoff.Seized, (int)payoff.Sum));
    }

    [Fact]
    [Trait("Row", "SE-11"), Trait("Row", "SE-13")]
    public void Of_RandomNumbers_SumsToFeeAndCollateral() =>
        Gen.Select(Gen.ULong[0, 1UL << 39], Gen.ULong[0, 1UL << 39], Gen.ULong[1, 1_000_000], Gen.ULong[0, 1_000_000],
            Gen.ULong[1, 9])
            .Sample(
                (fee, collateral, length, elapsed, denominator) => Assert.All(
                    Enum.GetValues<LeakRules>(),
                    rules => Assert.Equal(
                        (UInt128)fee + collateral,
                        LeakPayoff.Of(rules, fee, collateral, length, elapsed % (length + 1), 1, denominator).Sum)),
                writeLine: output.WriteLine);

    [Fact]
    [Trait("Row", "SE-12")]
    public void Of_OwnerWhoChallengesHimself_GainsUnderTheSeedsRulesAlone()
    {
        for (var t = 1ul; t <= 30; t++)
        {
            var revoked = LeakPayoff.Of(LeakRules.Revocation, 100_000, 500_000, 30, t, 1, 2).Owner;
            var seed = LeakPayoff.Of(LeakRules.Seed, 100_000, 500_000, 30, t, 1, 2);
            var capped = LeakPayoff.Of(LeakRules.Capped, 100_000, 500_000, 30, t, 1, 2);
            var incriminating = LeakPayoff.Of(LeakRules.SelfIncriminating, 100_000, 500_000, 30, t, 1, 2);

            Assert.Equal(revoked + (100_000 * t / 60), seed.Owner + seed.Challenger);
            Assert.Equal(revoked, capped.Owner + capped.Challenger);
            Assert.Equal(revoked, incriminating.Owner + incriminating.Challenger);
        }
    }

    [Fact]
    public void Of_NumbersOutOfRange_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => LeakPayoff.Of(LeakRules.Seed, 1UL << 40, 1, 1, 1, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => LeakPayoff.Of(LeakRules.Seed, 1, 1, 0, 0, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => LeakPayoff.Of(LeakRules.Seed, 1, 1, 1, 2, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => LeakPayoff.Of(LeakRules.Seed, 1, 1, 1, 1, 2, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => LeakPayoff.Of(LeakRules.Seed, 1, 1, 1, 1, 0, 0));
    }

    [Fact]
    [Trait("Row", "SE-16")]
    public void ForWrongAnswer_OneAfterTheOther_DoublesUntilNothingIsLeft()
    {
        var (left, penalties) = ((UInt128)500, new List<int>());

        for (var offences = 0u; left > 0; offences++)
        {
            var penalty = PenaltyLadder.Default.ForWrongAnswer(500, offences, left);
            penalties.Add((int)penalty);
            left -= penalty;
        }

        Assert.Equal([25, 50, 100, 200, 125], penalties);
        Assert.Equal((UInt128)7, PenaltyLadder.Default.ForWrongAnswer((UInt128)1 << 61, uint.MaxValue, 7));
        Assert.Equal((UInt128)5, PenaltyLadder.Default.Bounty(25));
    }

    [Theory]
    [Trait("Row", "LG-15")]
    [InlineData(0, 0), InlineData(1, 1), InlineData(2, 2), InlineData(4, 2), InlineData(5, 3), InlineData(9, 3)]
    [InlineData(1_000, 32), InlineData(100_000, 317), InlineData(int.MaxValue, 46_341)]
    public void CeilingRoot_OfKnownNumbers_IsExact(int n, int root) => Assert.Equal(root, HealthChoice.CeilingRoot(n));

    [Fact]
    [Trait("Row", "LG-18")]
    public void Validators_KnownBlock_AreTheNearestByHammingDistance()
    {
        byte[][] ids = [[0xB0], [0xB3], [0x32], [0xFF], [0x4D]];

        var chosen = HealthChoice.Validators(ids, [0xB2], HealthChoice.CeilingRoot(5));

        Assert.Equal([1, 1, 1, 4, 8], ids.Select(id => HealthChoice.HammingDistance(id, [0xB2])));
        Assert.Equal([0, 1, 2], chosen.Order());
    }

    [Fact]
    [Trait("Row", "LG-20")]
    public void Count_KnownVotes_PaysTheMajorityByStake()
    {
        var ballot = Ballot.Count([(30, true), (25, true), (20, false), (15, true), (10, false)], 100);

        Assert.True(ballot.IsUnhealthy);
        Assert.Equal([42, 35, 0, 21, 0], ballot.Rewards.Select(reward => (int)reward));
        Assert.Equal((UInt128)2, ballot.Carried);
    }

    [Fact]
    [Trait("Row", "LG-20")]
    public void Count_TieOrNoVotes_IsNoVerdictAndCarriesThePool()
    {
        var (tie, none) = (Ballot.Count([(30, true), (30, false)], 100), Ballot.Count([], 100));

        Assert.Equal((null, (UInt128)100), (tie.IsUnhealthy, tie.Carried));
        Assert.Equal((null, (UInt128)100), (none.IsUnhealthy, none.Carried));
        Assert.All(tie.Rewards, reward => Assert.Equal((UInt128)0, reward));
    }

    [Fact]
    [Trait("Row", "LG-21")]
    public void Loss_KnownRewards_IsTheirMean()
    {
        Assert.Equal((UInt128)100, Ballot.Loss(100 + 110 + 90 + 100, 4));
        Assert.Equal((UInt128)0, Ballot.Loss(0, 0));
    }

    private static UInt128 Minted(EmissionCurve curve, int periods, out UInt128 last)
    {
        UInt128 left = curve.Reserve, carry = 0;
        last = 0;
        for (var i = 0; i < periods; i++)
        {
            last = curve.Mint(left, carry, out carry);
            left -= last;
        }

        return curve.Reserve - left;
    }

    private static StakeTable Table(params uint[] stakes) => new(stakes.Select((stake, i) =>
        (NodeId.FromVerifyingKey(BitConverter.GetBytes(i)), (UInt128)stake)));
}
