using NuCypher.P2P.Policy.Rules;
using NuCypher.P2P.Policy.Tests.Support;

namespace NuCypher.P2P.Policy.Tests.Rules;

public sealed class PolicyRulesTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly DailyWindow OfficeHours = new(9 * 60, 17 * 60, Weekdays.Workdays, 60);

    private static readonly PolicyRules Full = new(
        [new Validity(Now, Now.AddHours(1)), new Validity(Now.AddDays(1), Now.AddDays(2))], OfficeHours,
        new Condition.Any(2, [
            new Condition.TimeAfter(Now), new Condition.Not(new Condition.TimeBefore(Now)),
            new Condition.All([new Condition.TimeBefore(Now.AddDays(3)), new Condition.TimeAfter(Now)])]));

    [Fact]
    public void TryRead_WhatWasWritten_IsTheSame()
    {
        foreach (var rules in new[]
        {
            Full, PolicyRules.None, new([new Validity(Now, Now.AddHours(1))]), new([], OfficeHours),
            new([], null, new Condition.TimeAfter(Now)),
        })
        {
            Assert.True(PolicyRules.TryRead(rules.ToBytes(), out var read));
            Assert.Equal(rules, read);
            Assert.Equal(rules.GetHashCode(), read.GetHashCode());
        }

        Assert.Empty(PolicyRules.None.ToBytes());
        Assert.NotEqual(Full, PolicyRules.None);
    }

    [Fact]
    public void TryRead_CutOrLongerOrFlipped_NeverGivesTheSameRulesNorThrows()
    {
        var bytes = Full.ToBytes();
        for (var length = 1; length < bytes.Length; length++)
            Assert.False(PolicyRules.TryRead(bytes.AsSpan(0, length), out _), $"{length} bytes");
        Assert.False(PolicyRules.TryRead([.. bytes, 0], out _));
        for (var bit = 0; bit < 8 * bytes.Length; bit++)
        {
            byte[] changed = [.. bytes];
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.True(!PolicyRules.TryRead(changed, out var read) || !read.Equals(Full), $"bit {bit}");
            Assert.True(read is null || read.ToBytes().AsSpan().SequenceEqual(changed), $"bit {bit} isn't canonical");
        }
    }

    [Theory]
    [InlineData("000000", "an empty list of everything is written as nothing")]
    [InlineData("000001" + "01" + "00", "all of nothing")]
    [InlineData("000001" + "02" + "02" + "01" + "04" + "0000000000000001", "two of one")]
    [InlineData("000001" + "07", "a kind that is kept for later")]
    [InlineData("000001" + "0b", "a kind that nobody knows")]
    [InlineData("000001" + "03030303" + "04" + "0000000000000001", "five deep")]
    [InlineData("000001" + "01" + "02" + "040000000000000002" + "040000000000000001", "children out of order")]
    [InlineData("000001" + "01" + "02" + "040000000000000001" + "040000000000000001", "a child twice")]
    [InlineData("02" + "0000000000000001" + "0000000000000003" + "0000000000000003" + "0000000000000005" + "0000",
        "intervals that touch")]
    [InlineData("02" + "0000000000000005" + "0000000000000006" + "0000000000000001" + "0000000000000002" + "0000",
        "intervals out of order")]
    [InlineData("11", "more intervals than fit")]
    [InlineData("0002", "two windows")]
    public void TryRead_NotCanonicalOrUnknown_IsRefused(string hex, string why) =>
        Assert.False(PolicyRules.TryRead(Convert.FromHexString(hex), out _), why);

    [Fact]
    public void TryRead_RandomBytes_NeverThrows()
    {
        var random = new Random(5);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = new byte[random.Next(40)];
            random.NextBytes(bytes);
            for (var j = 0; j < bytes.Length; j++)
                bytes[j] = random.Next(3) == 0 ? bytes[j] : (byte)random.Next(7);
            Assert.True(
                !PolicyRules.TryRead(bytes, out var rules) || rules.ToBytes().AsSpan().SequenceEqual(bytes),
                Convert.ToHexString(bytes));
        }
    }

    [Fact]
    public void New_AtTheLimits_FitsAndOneMoreDoesNot()
    {
        Validity[] intervals = [.. Enumerable.Range(0, 17).Select(
            i => new Validity(Now.AddDays(i), Now.AddDays(i).AddHours(1)))];
        Condition[] leaves = [.. Enumerable.Range(0, 32).Select(i => new Condition.TimeAfter(Now.AddDays(i)))];
        Condition four = new Condition.Not(new Condition.Not(new Condition.Not(leaves[0])));

        var full = new PolicyRules(intervals[..16], OfficeHours, new Condition.All(leaves[..31]));

        Assert.True(PolicyRules.TryRead(full.ToBytes(), out _));
        Assert.InRange(full.ToBytes().Length, 1, PolicyRules.MaxSize);
        Assert.True(PolicyRules.TryRead(new PolicyRules([], null, four).ToBytes(), out _));
        Assert.Throws<ArgumentException>(() => new PolicyRules(intervals));
        Assert.Throws<ArgumentException>(() => new PolicyRules([], null, new Condition.All(leaves)));
        Assert.Throws<ArgumentException>(() => new PolicyRules([], null, new Condition.Not(four)));
        Assert.Throws<ArgumentException>(() => new PolicyRules([new Validity(Now, Now)]));
    }

    [Fact]
    public void New_IntervalsThatTouch_AreOne() => Assert.Equal(
        new PolicyRules([new Validity(Now, Now.AddHours(3))]),
        new PolicyRules([
            new Validity(Now.AddHours(1), Now.AddHours(3)), new Validity(Now, Now.AddHours(1)),
            new Validity(Now.AddMinutes(5), Now.AddMinutes(6))]));

    [Fact]
    [Trait("Row", "PO-03")]
    public void EndWithin_OfficeHoursAndAnEndOnSunday_IsFridayEvening() => Assert.Equal(
        new DateTimeOffset(2030, 1, 4, 16, 0, 0, TimeSpan.Zero),
        new PolicyRules([], OfficeHours).EndWithin(new Validity(Now, new(2030, 1, 6, 0, 0, 0, TimeSpan.Zero))));

    [Fact]
    public void EndWithin_IntervalsHoursAndCondition_IsTheFirstEndOfAll()
    {
        var validity = new Validity(Now, Now.AddDays(9));
        PolicyRules[] rules =
        [
            PolicyRules.None, Full, new([new Validity(Now.AddDays(8), Now.AddDays(20))]),
            new([], null, new Condition.TimeBefore(Now.AddHours(5))),
            new([new Validity(Now.AddDays(-5), Now)]), new([], null, new Condition.TimeBefore(Now)),
            new([new Validity(Now.AddDays(3), Now.AddDays(4))], OfficeHours), // from Saturday morning to Sunday morning
        ];

        Assert.Equal(
            [Now.AddDays(9), Now.AddDays(1).Date.AddHours(16), Now.AddDays(9), Now.AddHours(5), null, null, null],
            rules.Select(r => r.EndWithin(validity)).Select(end => end?.UtcDateTime).Select(
                end => end is { } time ? new DateTimeOffset(time) : (DateTimeOffset?)null));
    }

    [Fact]
    public void At_ClockInDoubtAcrossAnEdge_IsOutside()
    {
        var rules = new PolicyRules([new Validity(Now, Now.AddHours(1))]);
        var end = Now.AddHours(1);

        Assert.Equal(RulesVerdict.Holds, rules.At(Time.At(Now), KnownFacts.None));
        Assert.Equal(RulesVerdict.OutsideSchedule, rules.At(Time.At(end), KnownFacts.None));
        Assert.Equal(RulesVerdict.OutsideSchedule, rules.At(Doubtful(end.AddSeconds(-1), end), KnownFacts.None));
        Assert.Equal(RulesVerdict.OutsideSchedule, rules.At(Doubtful(Now.AddSeconds(-1), Now), KnownFacts.None));
        Assert.Equal(RulesVerdict.Holds, rules.At(Doubtful(Now, end.AddTicks(-1)), KnownFacts.None));
        Assert.Equal(
            RulesVerdict.ConditionUnknown,
            new PolicyRules([], null, new Condition.TimeAfter(Now)).At(
                Doubtful(Now.AddSeconds(-1), Now), KnownFacts.None));
        Assert.Equal(
            RulesVerdict.ConditionFalse,
            new PolicyRules([], null, new Condition.TimeAfter(Now)).At(Time.At(Now.AddSeconds(-1)), KnownFacts.None));
    }

    private static ClockReading Doubtful(DateTimeOffset earliest, DateTimeOffset latest) =>
        new(latest, earliest, latest, earliest, MayDelete: false, TimeSpan.FromHours(1));
}
