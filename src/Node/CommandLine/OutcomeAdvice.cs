using NuCypher.P2P.Node.Errors;
using NuCypher.P2P.Policy.Messages;
using NuCypher.P2P.Policy.Sessions;

namespace NuCypher.P2P.Node.CommandLine;

/// <summary>What to do when too few Ursulas helped: it follows from what they said.</summary>
internal static class OutcomeAdvice
{
    /// <summary>The failure with its remedy; a difference of clocks explains itself.</summary>
    /// <param name="what">What happened, without a full stop.</param>
    /// <param name="outcomes">What came of each.</param>
    /// <param name="otherwise">What to do if nothing in particular stands out.</param>
    public static CommandException TooFew(string what, IReadOnlyList<UrsulaOutcome> outcomes, string otherwise)
    {
        if (ClockDiagnosis.Of(outcomes) is { } clock)
            return new(clock.Code, $"{what}: {clock.Message}", clock.Remedy);
        var last = outcomes.GroupBy(o => o.Ursula).Select(g => g.Last()).Where(IsBad).ToList();
        var most =
            last.GroupBy(o => (o.Kind, o.Reason)).OrderByDescending(g => g.Count()).ThenBy(g => g.Key).FirstOrDefault();
        if (most is null)
            return new(ExitCode.TooFewUrsulas, what, otherwise);
        var failure = new CommandException(
            ExitCode.TooFewUrsulas, $"{what}: {most.Count()} of {last.Count} that failed: {Words(most.First())}",
            RemedyOf(most.Key.Kind, most.Key.Reason) ?? otherwise);
        return WithClocks(failure, [.. most]);
    }

    /// <summary>
    /// The same with how the clocks differ of those who refused for a time: by theirs it may be another time.
    /// </summary>
    public static CommandException WithClocks(CommandException failure, IReadOnlyList<UrsulaOutcome> refused) =>
        refused.Select(ClockDiagnosis.DifferenceOf).OfType<string>().FirstOrDefault() is { } difference
            ? new(
                failure.Code, $"{failure.Message}; {difference}",
                $"Compare the clocks with a trusted one. {failure.Remedy}")
            : failure;

    private static bool IsBad(UrsulaOutcome outcome) => outcome.Kind is not (
        UrsulaOutcomeKind.Accepted or UrsulaOutcomeKind.Deposited or UrsulaOutcomeKind.Renewed
        or UrsulaOutcomeKind.Revoked or UrsulaOutcomeKind.Reencrypted or UrsulaOutcomeKind.Abandoned);

    private static string Words(UrsulaOutcome outcome) =>
        outcome.Reason == RefusalReason.None ? outcome.Kind.ToString() : $"{outcome.Kind}, {outcome.Reason}";

    private static string? RemedyOf(UrsulaOutcomeKind kind, RefusalReason reason) => kind switch
    {
        UrsulaOutcomeKind.Refused => RemedyOf(reason),
        UrsulaOutcomeKind.Unreachable or UrsulaOutcomeKind.NotFound =>
            "They are down or behind a firewall: try again when they run; check that their HTTPS port is open.",
        UrsulaOutcomeKind.TimedOut => "They or the network are slow: try again, with a longer --deadline.",
        UrsulaOutcomeKind.Overloaded =>
            "They have too much work, or you ask too often, also after the time that they asked for: try again later.",
        UrsulaOutcomeKind.CannotStore => "Their disks are full or fail: try again later, or run more nodes.",
        UrsulaOutcomeKind.PinMismatch =>
            "Another certificate answers at their addresses: after a renewal their records take a while; "
            + "otherwise somebody stands between.",
        UrsulaOutcomeKind.BadAnswer => "They speak another version, or cheat: ask their operators.",
        UrsulaOutcomeKind.BadCapsuleFrag or UrsulaOutcomeKind.RepeatedCapsuleFrag =>
            "They cheat or have damaged fragments: ask Alice to grant anew, to others.",
        UrsulaOutcomeKind.OtherDeposit =>
            "They hold fragments of another grant than the treasure map's: ask Alice to grant anew.",
        UrsulaOutcomeKind.SharedFate =>
            "A threshold of them would share a host, network or certificate: run nodes elsewhere, or give a higher -m.",
        _ => null,
    };

    private static string? RemedyOf(RefusalReason reason) => reason switch
    {
        RefusalReason.OutsideTimeWindow =>
            "They started after the request was sent, or it was long on its way: try again now.",
        RefusalReason.Busy => "They have too much work, or their clocks were just set: try again later.",
        RefusalReason.Full => "They hold as many policies as they want to: run more nodes.",
        RefusalReason.ShareUsedUp =>
            "They hold as many policies of one Alice, or from one address, as they want to: revoke what is not needed, "
            + "or run more nodes.",
        RefusalReason.Duration => "By their rules and clocks it is too long, or over already: give another --for.",
        RefusalReason.TooFarAhead => "The time begins later than they plan ahead: grant when it is nearer.",
        RefusalReason.TooManyRenewals => "They renewed it as often as they do: grant anew.",
        RefusalReason.TooManyArrangements =>
            "This grant was begun with them as often as they allow: revoke it, then grant anew, or run more nodes.",
        RefusalReason.StaleVersion => "A newer order of yours was carried out: look with nucypher policies.",
        RefusalReason.OtherKeyFragVersion =>
            "Alice granted anew meanwhile: try again with the newer treasure map.",
        RefusalReason.NoKeyFrag or RefusalReason.NoArrangement =>
            "The grant was begun with them, but not finished: it must be made anew.",
        RefusalReason.UnknownPolicy => "They hold no such policy: it may be over, or for another Bob.",
        RefusalReason.Expired => "The policy's time is over for them: it must be granted anew.",
        RefusalReason.RulesNotUnderstood => "They don't know such rules: run newer nodes.",
        RefusalReason.HostNotAsked =>
            "Their operators don't let them ask that host: nucypher.ursula.fact-hosts must name it.",
        RefusalReason.RulesNeverHold =>
            "Hours and intervals leave no time before the end: give a longer --for, or others.",
        RefusalReason.OutsideSchedule => "Alice lets it be read at other hours only: try again then.",
        RefusalReason.ConditionFalse => "Alice's condition does not hold for them: ask Alice.",
        RefusalReason.ConditionUnknown => "They can't tell now whether Alice's condition holds: try again later.",
        RefusalReason.NotYet => "The policy's time has not begun for them: try again when it has.",
        RefusalReason.Revoked => "The policy was revoked: it must be granted anew.",
        RefusalReason.None => null,
        _ => "They or this program are at fault: ask their operators which version they run.",
    };
}
