using NuCypher.P2P.Dht;
using NuCypher.P2P.Node.Errors;
using NuCypher.P2P.Policy.Messages;
using NuCypher.P2P.Policy.Sessions;

namespace NuCypher.P2P.Node.CommandLine;

/// <summary>Whose clock is wrong, from the times in signed refusals.</summary>
internal static class ClockDiagnosis
{
    private static readonly TimeSpan Alike = TimeSpan.FromSeconds(20);

    /// <summary>
    /// What the clocks say; null if no Ursula refused for the time of the request, or her clock shows about the same.
    /// </summary>
    /// <remarks>
    /// Several Ursulas whose clocks agree with each other, but not with this one, are right; a single one may be wrong
    /// herself. One who started a moment ago refuses what was sent before, whatever the clocks show.
    /// </remarks>
    public static CommandException? Of(IReadOnlyList<UrsulaOutcome> outcomes)
    {
        var off = outcomes.Where(o => o.Reason == RefusalReason.OutsideTimeWindow && IsOff(o))
            .GroupBy(o => o.Ursula).Select(g => g.Last()).OrderBy(o => o.ClockAhead).ToList();
        if (off.Count == 0)
            return null;
        var middle = off[off.Count / 2].ClockAhead!.Value; // only those that have one
        var agreeing = off.Count(o => (o.ClockAhead!.Value - middle).Duration() < Alike);
        var others = outcomes
            .Where(o => o.Kind is not (
                UrsulaOutcomeKind.NotFound or UrsulaOutcomeKind.Unreachable or UrsulaOutcomeKind.TimedOut))
            .Select(o => o.Ursula).Distinct().Count() - off.Count;
        return agreeing > 1 && agreeing > others ? Own(middle, agreeing) : Hers(off);
    }

    /// <summary>
    /// The failure with this machine's clock as its cause, if most of what the swarm keeps is over by it.
    /// </summary>
    /// <remarks>Then no Ursula is found, and none can say what time it is.</remarks>
    public static CommandException Explain(CommandException failure, RecordAges ages) =>
        !ages.ClockIsAhead || ages.LeastOver <= Alike
            ? failure
            : new(
                failure.Code,
                $"{failure.Message}; this machine's clock is {Words(ages.LeastOver)} the swarm's or more: by it, "
                + "the records that nodes keep are over",
                "Set this machine's clock, then try again.");

    /// <summary>
    /// How the clock of an Ursula differs who refused for a time that is not the request's own; null if it does not.
    /// </summary>
    public static string? DifferenceOf(UrsulaOutcome outcome)
    {
        var isOfTime = outcome.Reason is RefusalReason.TooFarAhead or RefusalReason.Duration
            or RefusalReason.NotYet or RefusalReason.Expired or RefusalReason.OutsideSchedule;
        return isOfTime && IsOff(outcome) ? HersIs(outcome) : null;
    }

    // Her time lies somewhere between the question and the answer.
    private static bool IsOff(UrsulaOutcome outcome) =>
        outcome.ClockAhead is { } ahead && ahead.Duration() > Alike + outcome.Elapsed;

    private static CommandException Own(TimeSpan ahead, int count) => new(
        ExitCode.TooFewUrsulas,
        $"this machine's clock is {Words(-ahead)} {count} Ursulas, who agree with each other",
        "Set this machine's clock, then try again.");

    private static CommandException Hers(List<UrsulaOutcome> off) => new(
        ExitCode.TooFewUrsulas, string.Join("; ", off.Select(HersIs)),
        "Compare this machine's clock with a trusted one: if it is right, hers is wrong, "
        + "and her operator must set it.");

    private static string HersIs(UrsulaOutcome outcome) =>
        $"the clock of Ursula {OutcomeTable.NameOf(outcome)} is {Words(outcome.ClockAhead!.Value)} this machine's";

    private static string Words(TimeSpan ahead)
    {
        var amount = ahead.Duration();
        var words = amount >= TimeSpan.FromMinutes(2)
            ? $"{(int)amount.TotalHours} h {amount.Minutes} min"
            : $"{(int)amount.TotalSeconds} s";
        return ahead > TimeSpan.Zero ? $"{words} ahead of" : $"{words} behind";
    }
}
