using NuCypher.P2P.Actors.Alice;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Node.CommandLine;
using NuCypher.P2P.Node.Errors;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Sessions;

namespace NuCypher.P2P.Node.Commands;

/// <summary><c>renew</c>: Alice gives a grant another end, and other hours if she says so.</summary>
internal sealed class RenewCommand : NodeCommand
{
    /// <summary>The command's words.</summary>
    public RenewCommand() : base(
        "renew",
        "Move the end of a grant, counted from now, and its hours if they are given.",
        "nucypher renew --label reports --bob bob1_... --for 60d --join 127.0.0.1:4000")
    {
        Add(PolicyOptions.Label);
        Add(PolicyOptions.Bob);
        Add(PolicyOptions.For);
        Add(RuleOptions.Hours);
        Add(RuleOptions.Between);
        Add(RuleOptions.If);
        Add(RuleOptions.AtAnyTime);
        Add(SwarmOptions.Join);
        Add(SwarmOptions.Lan);
        Add(SwarmOptions.Deadline);
        Add(SharedOptions.Data);
        Add(SharedOptions.PasswordFile);
    }

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(CommandContext context, CancellationToken cancellation)
    {
        var (label, bob) = (PolicyOptions.LabelOf(context), PolicyOptions.BobOf(context));
        var deadline = SwarmOptions.DeadlineOf(context);
        SwarmOptions.SeedsOf(context);
        var now = TimeProvider.System.GetUtcNow();
        var notAfter = now + PolicyOptions.DurationOf(context);
        var rules = RuleOptions.AreGiven(context) ? RuleOptions.Of(context, new Validity(now, notAfter)) : null;
        using var identity = context.OpenIdentity();
        await using var client = await ClientNode.JoinWithGrantsAsync(context, identity, cancellation);
        var hrac = identity.HracFor(bob, label);
        var answer = await client.RunAsync(
            client.Actors.Alice, new RenewGrant(hrac, notAfter, deadline) { Rules = rules },
            cancellation);
        if (answer is not GrantPublished published)
            throw GrantFailures.Of(answer, context);
        NodeId[] confirmed =
        [
            .. published.Outcomes.Where(outcome => outcome.Kind == UrsulaOutcomeKind.Renewed).Select(o => o.Ursula),
        ];
        if (rules is not null && !published.Grant.IsSettledBy(confirmed))
        {
            context.Say(
                "warning: the Ursulas that didn't confirm are enough to serve Bob by the rules before: renew again "
                + "when they can be reached, or revoke");
        }

        GrantReport.Write(context, published);
        return ExitCode.Success;
    }
}
