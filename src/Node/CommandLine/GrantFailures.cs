using NuCypher.P2P.Actors.Alice;
using NuCypher.P2P.Node.Errors;
using NuCypher.P2P.Policy.Alice;
using NuCypher.P2P.Policy.Sessions;

namespace NuCypher.P2P.Node.CommandLine;

/// <summary>Why Alice did not do what she was asked, in words.</summary>
internal static class GrantFailures
{
    /// <summary>The failure that an answer of Alice means; shows what each Ursula did.</summary>
    public static CommandException Of(object answer, CommandContext context)
    {
        var (failure, outcomes) = answer switch
        {
            GrantNotMade { Failure: GrantFailure.TooFewUrsulas } n => (TooFewUrsulas(n.Outcomes), n.Outcomes),
            GrantNotMade { Failure: GrantFailure.DeadlinePassed } n => (TooSlow(n.Outcomes), n.Outcomes),
            OrderNotDone { Refusal: GrantRefusal.TooFewReceipts } o => (TooFewReceipts(o.Outcomes), o.Outcomes),
            GrantNotMade n => (Of(n.Refusal), n.Outcomes),
            OrderNotDone o => (Of(o.Refusal), o.Outcomes),
            _ => throw new InvalidOperationException($"Alice answered {answer.GetType().Name}"),
        };
        if (!context.Json && outcomes.Count > 0)
            OutcomeTable.Write(context.Error, outcomes);
        return ClockDiagnosis.Explain(failure, context.Ages).With(OutcomeTable.ToJson(outcomes));
    }

    /// <summary>What a refusal of Alice's books means.</summary>
    public static CommandException Of(GrantRefusal refusal) => refusal switch
    {
        GrantRefusal.Unknown => new(
            ExitCode.NotFound, "there is no such grant in this folder",
            "Look with nucypher policies; label and card must be the same."),
        GrantRefusal.Revoked => new(ExitCode.Refused, "the grant was revoked", "Grant anew."),
        GrantRefusal.Expired => new(ExitCode.Refused, "the grant's time is over", "Grant anew."),
        GrantRefusal.InForce => new(
            ExitCode.Refused, "a grant of this label to this Bob is in force", "Renew it, or revoke it first."),
        GrantRefusal.TooFewReceipts => TooFewReceipts([]),
        GrantRefusal.InvalidTerms => new(
            ExitCode.Usage, "such a grant can't be: it ends before it begins, or its hours and intervals leave no time",
            "Give a longer --for, or other --hours and --between; renew --at-any-time lifts those that it has."),
        GrantRefusal.RulesUnknown => new(
            ExitCode.Usage, "hours, intervals and conditions of a grant that was recovered are not known",
            "Say them: --hours, --between, --if, or --at-any-time."),
        GrantRefusal.Full =>
            new(ExitCode.Refused, "Alice keeps as many grants as configured", "Raise nucypher.alice.max-grants."),
        _ => new(ExitCode.Failed, "another order about this grant is under way", "Wait for it, then try again."),
    };

    /// <summary>Not enough were found, or not enough of them took a fragment.</summary>
    internal static CommandException TooFewUrsulas(IReadOnlyList<UrsulaOutcome> outcomes) => OutcomeAdvice.TooFew(
        outcomes.Count > 0
            ? "fewer Ursulas than shares took a fragment; nothing was granted"
            : "no node was found in the swarm that serves as an Ursula; nothing was granted",
        outcomes,
        outcomes.Count > 0
            ? "Run more nodes, or ask for fewer --shares."
            : "Nodes that were just started are found some seconds later: try again. Clients don't serve.");

    private static CommandException TooSlow(IReadOnlyList<UrsulaOutcome> outcomes) => OutcomeAdvice.TooFew(
        "the deadline passed before enough Ursulas took a fragment; nothing was granted", outcomes,
        "Give a longer --deadline, or ask for fewer --shares.");

    private static CommandException TooFewReceipts(IReadOnlyList<UrsulaOutcome> outcomes) => OutcomeAdvice.TooFew(
        "fewer Ursulas than the threshold confirmed", outcomes, "Try again when more of them can be reached.");
}
