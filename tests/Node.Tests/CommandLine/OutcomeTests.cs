using NuCypher.P2P.Actors.Bob;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Node.CommandLine;
using NuCypher.P2P.Node.Errors;
using NuCypher.P2P.Policy.Alice;
using NuCypher.P2P.Policy.Bob;
using NuCypher.P2P.Policy.Messages;
using NuCypher.P2P.Policy.Sessions;

namespace NuCypher.P2P.Node.Tests.CommandLine;

public sealed class OutcomeTests
{
    [Theory, InlineData(3600, "1 h 0 min behind"), InlineData(-90, "90 s ahead of")]
    public void TooFew_SeveralClocksAgree_NamesThisMachines(int herSeconds, string words)
    {
        var failure = OutcomeAdvice.TooFew(
            "failed", [Late(1, herSeconds), Late(2, herSeconds + 1), Late(3, herSeconds)], "Run more nodes.");

        Assert.Contains($"this machine's clock is {words} 3 Ursulas", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Set this machine's clock", failure.Remedy, StringComparison.Ordinal);
        Assert.Equal(ExitCode.TooFewUrsulas, failure.Code);
    }

    [Fact]
    public void TooFewUrsulas_NobodyWasFound_SaysThatAndNotThatTheyRefused()
    {
        var (none, one) = (GrantFailures.TooFewUrsulas([]), GrantFailures.TooFewUrsulas(
            [Of(1, UrsulaOutcomeKind.Refused)]));

        Assert.StartsWith("no node was found", none.Message, StringComparison.Ordinal);
        Assert.Contains("try again", none.Remedy, StringComparison.Ordinal);
        Assert.StartsWith("fewer Ursulas than shares took", one.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TooFew_OneClockDiffers_NamesHers()
    {
        var failure = OutcomeAdvice.TooFew(
            "failed", [Late(1, 7200), Of(2, UrsulaOutcomeKind.Reencrypted), Of(3, UrsulaOutcomeKind.Unreachable)], "x");

        Assert.Contains(
            $"the clock of Ursula {Id(1).ToString()[..12]} is 2 h 0 min ahead of this machine's", failure.Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(UrsulaOutcomeKind.Unreachable, "firewall"), InlineData(UrsulaOutcomeKind.TimedOut, "--deadline")]
    [InlineData(UrsulaOutcomeKind.PinMismatch, "certificate")]
    [InlineData(UrsulaOutcomeKind.Overloaded, "too much work")]
    public void TooFew_OneKindStandsOut_TheAdviceIsAboutIt(object kind, string advice)
    {
        var failure = OutcomeAdvice.TooFew(
            "failed", [Of(1, (UrsulaOutcomeKind)kind), Of(2, (UrsulaOutcomeKind)kind), Of(
                3, UrsulaOutcomeKind.BadAnswer)], "Otherwise.");

        Assert.Contains("2 of 3", failure.Message, StringComparison.Ordinal);
        Assert.Contains(advice, failure.Remedy, StringComparison.Ordinal);
    }

    [Theory, InlineData(0), InlineData(-1), InlineData(15)]
    public void TooFew_OutsideTheWindowThoughClocksAgree_SaysNothingOfClocks(int herSeconds)
    {
        var failure = OutcomeAdvice.TooFew("failed", [Late(1, herSeconds), Late(2, herSeconds)], "Otherwise.");

        Assert.DoesNotContain("clock", failure.Message + failure.Remedy, StringComparison.Ordinal);
        Assert.Contains("try again now", failure.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void TooFew_AnswerThatWasLongOnItsWay_IsNoDifferenceOfClocks()
    {
        var slow = Late(1, -40) with { Elapsed = TimeSpan.FromSeconds(45) };

        var failure = OutcomeAdvice.TooFew("failed", [slow], "Otherwise.");

        Assert.DoesNotContain("clock", failure.Message + failure.Remedy, StringComparison.Ordinal);
    }

    [Theory, InlineData(0, 3, 18 * 60, true), InlineData(2, 3, 18 * 60, true), InlineData(3, 3, 18 * 60, false)]
    [InlineData(0, 0, 0, false), InlineData(0, 1, 0, false)]
    public void Explain_WhatTheSwarmKeepsIsOver_NamesThisMachinesClock(
        long current, long over, int minutes, bool isNamed)
    {
        var failure = OutcomeAdvice.TooFew("failed", [Of(1, UrsulaOutcomeKind.NotFound)], "Otherwise.");

        var explained =
            ClockDiagnosis.Explain(failure, new RecordAges(current, over, TimeSpan.FromMinutes(minutes)));

        Assert.Equal(
            isNamed,
            explained.Message.Contains("this machine's clock is 18 h 0 min ahead of", StringComparison.Ordinal));
        Assert.Equal(isNamed, explained.Remedy.StartsWith("Set this machine's clock", StringComparison.Ordinal));
        Assert.Equal(failure.Code, explained.Code);
    }

    [Theory, InlineData(nameof(RefusalReason.Duration)), InlineData(nameof(RefusalReason.TooFarAhead))]
    [InlineData(nameof(RefusalReason.Expired)), InlineData(nameof(RefusalReason.NotYet))]
    public void TooFew_RefusedForATimeByAnotherClock_NamesTheDifference(string reason)
    {
        UrsulaOutcome Refused(int days) => Late(1, 0) with
        {
            Reason = Enum.Parse<RefusalReason>(reason),
            ClockAhead = TimeSpan.FromDays(days),
        };

        var other = OutcomeAdvice.TooFew("failed", [Refused(70)], "Otherwise.");
        var same = OutcomeAdvice.TooFew("failed", [Refused(0)], "Otherwise.");

        Assert.Contains("is 1680 h 0 min ahead of this machine's", other.Message, StringComparison.Ordinal);
        Assert.StartsWith("Compare the clocks", other.Remedy, StringComparison.Ordinal);
        Assert.DoesNotContain("ahead of", same.Message, StringComparison.Ordinal);
        Assert.EndsWith(same.Remedy, other.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void TooFew_EveryKindAndReason_HasAnAdviceOfItsOwn()
    {
        UrsulaOutcomeKind[] good =
        [
            UrsulaOutcomeKind.Accepted, UrsulaOutcomeKind.Deposited, UrsulaOutcomeKind.Renewed,
            UrsulaOutcomeKind.Revoked, UrsulaOutcomeKind.Reencrypted, UrsulaOutcomeKind.Abandoned,
            UrsulaOutcomeKind.Refused,
        ];
        var outcomes = Enum.GetValues<UrsulaOutcomeKind>().Except(good).Select(kind => Of(1, kind)).Concat(
            Enum.GetValues<RefusalReason>().Where(reason => reason != RefusalReason.None)
                .Select(reason => Of(1, UrsulaOutcomeKind.Refused) with { Reason = reason }));

        Assert.All(outcomes, outcome =>
            Assert.NotEqual("Otherwise.", OutcomeAdvice.TooFew("failed", [outcome], "Otherwise.").Remedy));
    }

    [Fact]
    public void GrantFailure_EveryRefusal_SaysSomethingElse()
    {
        var said = Enum.GetValues<GrantRefusal>().Where(refusal => refusal != GrantRefusal.None)
            .Select(refusal => GrantFailures.Of(refusal).Message).ToList();

        Assert.Equal(said.Count, said.Distinct().Count());
    }

    [Theory, InlineData(nameof(RefusalReason.BadSignature)), InlineData(nameof(RefusalReason.NotYet))]
    [InlineData(nameof(RefusalReason.OutsideSchedule)), InlineData(nameof(RefusalReason.ConditionFalse))]
    public void RetrievalFailure_OneLiarAmongTheUnreachable_IsNotBelieved(string said)
    {
        var reason = Enum.Parse<RefusalReason>(said);
        var context = new CommandContext(Nucypher.Root().Parse("retrieve x -o y --json"));
        UrsulaOutcome[] outcomes =
        [
            Of(1, UrsulaOutcomeKind.Unreachable), Of(2, UrsulaOutcomeKind.Unreachable),
            Of(3, UrsulaOutcomeKind.Refused) with { Reason = reason },
        ];
        var failed = new RetrievalFailed(
            RetrievalFailure.TooFewUrsulas, reason, 0, 2, outcomes);

        var failure = RetrievalFailures.Of(new NotRetrieved(failed), context);

        Assert.Equal(ExitCode.TooFewUrsulas, failure.Code);
        Assert.Contains("2 of 3 that failed: Unreachable", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_AnUrsulaThatWasAskedOften_IsOneRow()
    {
        using var words = new StringWriter();
        UrsulaOutcome[] outcomes =
            [.. Enumerable.Repeat(
                Of(1, UrsulaOutcomeKind.TimedOut),
                30), Of(2, UrsulaOutcomeKind.Revoked), Of(1, UrsulaOutcomeKind.Revoked)];

        OutcomeTable.Write(words, outcomes);

        Assert.Equal(2, words.ToString().Split('\n').Count(line => line.Contains("Revoked", StringComparison.Ordinal)));
        Assert.DoesNotContain("TimedOut", words.ToString(), StringComparison.Ordinal);
        Assert.Contains("31", words.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, OutcomeTable.ToJson(outcomes).Count);
    }

    [Theory, InlineData("\u001b[2J", "\\u001b[2J"), InlineData("a\u202eb", "a\\u202eb")]
    [InlineData("\u009b", "\\u009b"), InlineData("Größe 日本", "Größe 日本")]
    [InlineData("bob\U000e0041", "bob\\U000e0041"), InlineData("a\u2066b", "a\\u2066b")]
    [InlineData("\ud83d\ude00", "\ud83d\ude00")]
    public void Of_TextOfAStranger_IsHarmless(string text, string shown) => Assert.Equal(shown, Printable.Of(text));

    private static UrsulaOutcome Late(byte ursula, int ahead) =>
        new(
            Id(ursula), UrsulaOutcomeKind.Refused, RefusalReason.OutsideTimeWindow,
            TimeSpan.Zero)
        { ClockAhead = TimeSpan.FromSeconds(ahead) };

    private static UrsulaOutcome Of(byte ursula, UrsulaOutcomeKind kind) =>
        new(Id(ursula), kind, RefusalReason.None, TimeSpan.Zero);

    private static NodeId Id(byte value)
    {
        Assert.True(NodeId.TryRead(Enumerable.Repeat(value, 20).ToArray(), out var id));
        return id;
    }
}
