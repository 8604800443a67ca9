using NuCypher.P2P.Actors.Bob;
using NuCypher.P2P.Node.Errors;
using NuCypher.P2P.Policy.Bob;
using NuCypher.P2P.Policy.Messages;

namespace NuCypher.P2P.Node.CommandLine;

/// <summary>Why Bob got nothing, in words.</summary>
internal static class RetrievalFailures
{
    /// <summary>The failure that an answer of Bob means; shows what each Ursula did.</summary>
    public static CommandException Of(object answer, CommandContext context)
    {
        if (answer is MapNotFetched missing)
            return Of(missing.Reason);
        if (answer is not NotRetrieved { Failed: var failed })
            throw new InvalidOperationException($"Bob answered {answer.GetType().Name}");
        if (!context.Json)
            OutcomeTable.Write(context.Error, failed.Outcomes);
        return Of(failed).With(OutcomeTable.ToJson(failed.Outcomes));
    }

    /// <summary>Why there is no map.</summary>
    public static CommandException Of(MapRefusal reason) => reason switch
    {
        MapRefusal.NotFound => new(
            ExitCode.NotFound,
            "the swarm has no treasure map of this Alice for this Bob under this label",
            "Never granted, or its time is over: check --alice and --label, or ask Alice."),
        MapRefusal.NoNetwork => new(ExitCode.Network, "no node of the swarm answered", "Check --join, and try again."),
        MapRefusal.NotForThisBob => new(
            ExitCode.Refused, "the treasure map is sealed to another Bob",
            "Use the identity whose card Alice was given."),
        _ =>
            new(
                ExitCode.BadInput, "what Alice published is no treasure map of this version",
                "Ask Alice which program she uses."),
    };

    private static CommandException Of(RetrievalFailed failed) => failed.Refusal switch
    {
        RefusalReason.Revoked => new(ExitCode.Refused, "Alice revoked the policy", "Ask Alice."),
        RefusalReason.Expired => new(ExitCode.Refused, "the policy's time is over", "Ask Alice to grant anew."),
        RefusalReason.NotYet => new(ExitCode.Refused, "the policy's time has not begun", "Try again when it has."),
        RefusalReason.OutsideSchedule => new(
            ExitCode.Refused, "Alice lets it be read at other hours only", "Try again then, or ask Alice when it is."),
        RefusalReason.ConditionFalse => new(ExitCode.Refused, "Alice's condition does not hold", "Ask Alice."),
        RefusalReason.ConditionUnknown => new(
            ExitCode.Refused, "the Ursulas can't tell now whether Alice's condition holds", "Try again later."),
        RefusalReason.BadSignature => new(
            ExitCode.Refused, "the policy is for another Bob", "Use the identity whose card Alice was given."),
        RefusalReason.UnknownPolicy =>
            new(ExitCode.Refused, "the Ursulas hold no such policy", "It may be over: ask Alice."),
        _ => OutcomeAdvice.TooFew(
            $"{failed.Received} of {failed.Threshold} Ursulas that are needed answered", failed.Outcomes,
            "Try again later, or with a longer --deadline: a threshold of Ursulas must be reachable."),
    };
}
