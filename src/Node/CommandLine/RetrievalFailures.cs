using NuCypher.P2P.Actors.Bob;
using NuCypher.P2P.Node.Errors;
using NuCypher.P2P.Policy.Bob;
using NuCypher.P2P.Policy.Messages;
using NuCypher.P2P.Policy.Sessions;

namespace NuCypher.P2P.Node.CommandLine;

/// <summary>Why Bob got nothing, in words.</summary>
internal static class RetrievalFailures
{
    /// <summary>The failure that an answer of Bob means; shows what each Ursula did.</summary>
    public static CommandException Of(object answer, CommandContext context)
    {
        if (answer is MapNotFetched missing)
            return ClockDiagnosis.Explain(Of(missing.Reason), context.Ages);
        if (answer is not NotRetrieved { Failed: var failed })
            throw new InvalidOperationException($"Bob answered {answer.GetType().Name}");
        if (!context.Json)
            OutcomeTable.Write(context.Error, failed.Outcomes);
        return ClockDiagnosis.Explain(Of(failed), context.Ages).With(OutcomeTable.ToJson(failed.Outcomes));
    }

    /// <summary>Why there is no map.</summary>
    public static CommandException Of(MapRefusal reason) => reason switch
    {
        MapRefusal.NotFound => new(
            ExitCode.NotFound,
            "the swarm has no treasure map of this Alice for this Bob under this label",
            "Never granted, revoked, or over: check --alice, --label and whose --data it is, or ask Alice."),
        MapRefusal.Withdrawn => Revoked,
        MapRefusal.NoNetwork => new(ExitCode.Network, "no node of the swarm answered", "Check --join, and try again."),
        MapRefusal.NotForThisBob => new(
            ExitCode.Refused, "the treasure map is sealed to another Bob",
            "Use the identity whose card Alice was given."),
        _ =>
            new(
                ExitCode.BadInput, "what Alice published is no treasure map of this version",
                "Ask Alice which program she uses."),
    };

    private static CommandException Revoked => new(ExitCode.Refused, "Alice revoked the policy", "Ask Alice.");

    // That all is over comes from as many as can make it so; whatever else must come from most who didn't help.
    private static CommandException Of(RetrievalFailed failed) => failed.Refusal switch
    {
        RefusalReason.Revoked => Revoked,
        RefusalReason.Expired => OutcomeAdvice.WithClocks(
            new(ExitCode.Refused, "the policy's time is over", "Ask Alice to grant anew."), failed.Outcomes),
        RefusalReason.UnknownPolicy => new(
            ExitCode.Refused, "the Ursulas hold no such policy for this Bob",
            "It may be over, or they were restored from copies: ask Alice to grant anew."),
        RefusalReason.NotYet when MostSay(failed) => OutcomeAdvice.WithClocks(
            new(ExitCode.Refused, "the policy's time has not begun", "Try again when it has."), failed.Outcomes),
        RefusalReason.OutsideSchedule when MostSay(failed) => OutcomeAdvice.WithClocks(
            new(
                ExitCode.Refused, "Alice lets it be read at other hours only",
                "Try again then, or ask Alice when it is."), failed.Outcomes),
        RefusalReason.ConditionFalse when MostSay(failed) =>
            new(ExitCode.Refused, "Alice's condition does not hold", "Ask Alice."),
        RefusalReason.ConditionUnknown when MostSay(failed) => new(
            ExitCode.Refused, "the Ursulas can't tell now whether Alice's condition holds", "Try again later."),
        _ => OutcomeAdvice.TooFew(
            $"{failed.Received} of {failed.Threshold} Ursulas that are needed answered", failed.Outcomes,
            "Try again later, or with a longer --deadline: a threshold of Ursulas must be reachable."),
    };

    private static bool MostSay(RetrievalFailed failed)
    {
        var last = failed.Outcomes.GroupBy(o => o.Ursula).Select(g => g.Last())
            .Where(o => o.Kind is not (UrsulaOutcomeKind.Reencrypted or UrsulaOutcomeKind.Abandoned)).ToList();
        return 2 * last.Count(o => o.Reason == failed.Refusal) > last.Count;
    }
}
