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
        return most is null
            ? new(ExitCode.TooFewUrsulas, what, otherwise)
            : new(
                ExitCode.TooFewUrsulas, $"{what}: {most.Count()} of {last.Count} that failed: {Words(most.First())}",
                RemedyOf(most.Key.Kind, most.Key.Reason) ?? otherwise);
    }

    private static bool IsBad(UrsulaOutcome outcome) => outcome.Kind is not (
        UrsulaOutcomeKind.Accepted or UrsulaOutcomeKind.Deposited or UrsulaOutcomeKind.Renewed
        or UrsulaOutcomeKind.Revoked or UrsulaOutcomeKind.Reencrypted or UrsulaOutcomeKind.Abandoned);

    private static string Words(UrsulaOutcome outcome) =>
        outcome.Reason == RefusalReason.None ? outcome.Kind.ToString() : $"{outcome.Kind}, {outcome.Reason}";

    private static string? RemedyOf(UrsulaOutcomeKind kind, RefusalReason reason) => (kind, reason) switch
    {
        (UrsulaOutcomeKind.Unreachable or UrsulaOutcomeKind.NotFound, _) =>
            "They are down or behind a firewall: try again when they run; check that their HTTPS port is open.",
        (UrsulaOutcomeKind.TimedOut, _) => "They or the network are slow: try again, with a longer --deadline.",
        (UrsulaOutcomeKind.Overloaded, _) or (_, RefusalReason.Busy) => "They have too much work: try again later.",
        (UrsulaOutcomeKind.CannotStore, _) => "Their disks are full or fail: try again later, or run more nodes.",
        (UrsulaOutcomeKind.PinMismatch, _) =>
            "Another certificate answers at their addresses: after a renewal their records take a while; "
            + "otherwise somebody stands between.",
        (UrsulaOutcomeKind.BadAnswer, _) => "They speak another version, or cheat: ask their operators.",
        (UrsulaOutcomeKind.BadCapsuleFrag or UrsulaOutcomeKind.RepeatedCapsuleFrag, _) =>
            "They cheat or have damaged fragments: ask Alice to grant anew, to others.",
        (_, RefusalReason.Full) => "They hold as many policies as they want to: run more nodes.",
        (_, RefusalReason.Duration) => "They don't promise so long a time: give a shorter --for.",
        (_, RefusalReason.RulesNotUnderstood) => "They don't know such rules: run newer nodes.",
        (_, RefusalReason.HostNotAsked) =>
            "Their operators don't let them ask that host: nucypher.ursula.fact-hosts must name it.",
        (_, RefusalReason.RulesNeverHold) =>
            "Hours and intervals leave no time before the end: give a longer --for, or others.",
        (_, RefusalReason.OutsideSchedule) => "Alice lets it be read at other hours only: try again then.",
        (_, RefusalReason.TooManyRenewals) => "They renewed it as often as they do: grant anew.",
        (_, RefusalReason.StaleVersion) =>
            "A newer order of yours was carried out: look with nucypher policies, and check this machine's clock.",
        (_, RefusalReason.OtherKeyFragVersion) =>
            "Alice granted anew meanwhile: try again with the newer treasure map.",
        (_, RefusalReason.UnknownPolicy) => "They hold no such policy: it may be over.",
        _ => null,
    };
}
