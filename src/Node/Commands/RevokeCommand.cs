using NuCypher.P2P.Actors.Alice;
using NuCypher.P2P.Node.CommandLine;
using NuCypher.P2P.Node.Errors;

namespace NuCypher.P2P.Node.Commands;

/// <summary><c>revoke</c>: Alice ends a grant now; may be repeated until enough Ursulas have confirmed.</summary>
internal sealed class RevokeCommand : NodeCommand
{
    /// <summary>The command's words.</summary>
    public RevokeCommand() : base(
        "revoke",
        "End a grant now: Ursulas destroy their fragments and sign a receipt.",
        "nucypher revoke --label reports --bob bob1_... --join 127.0.0.1:4000")
    {
        Add(PolicyOptions.Label);
        Add(PolicyOptions.Bob);
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
        using var identity = context.OpenIdentity();
        await using var client = await ClientNode.JoinWithGrantsAsync(context, identity, cancellation);
        var hrac = identity.HracFor(bob, label);
        var answer = await client.RunAsync(
            client.Actors.Alice, new RevokeGrant(hrac, deadline), cancellation);
        if (answer is not GrantRevocation revocation)
            throw GrantFailures.Of(answer, context);
        Write(context, revocation);
        return revocation.Grant.IsRevoked ? ExitCode.Success : ExitCode.TooFewUrsulas;
    }

    private static void Write(CommandContext context, GrantRevocation revocation) => context.Write(
        new
        {
            grant = GrantReport.ToJson(revocation.Grant),
            ursulas = OutcomeTable.ToJson(revocation.Outcomes),
            advice = revocation.Grant.IsRevoked ? null : AdviceOf(context, revocation),
        },
        output =>
        {
            var grant = revocation.Grant;
            OutcomeTable.Write(output, revocation.Outcomes);
            output.WriteLine(grant.IsRevoked
                ? $"revoked: {grant.SharesGone} of {grant.Shares} fragments are gone, the rest can't serve Bob"
                : $"not yet certain: {grant.SharesGone} of {grant.Shares} fragments are gone, "
                    + $"{grant.Shares - grant.Threshold + 1} must be");
            if (!grant.IsRevoked)
                output.WriteLine(AdviceOf(context, revocation));
        });

    private static string AdviceOf(CommandContext context, GrantRevocation revocation)
    {
        var failure = OutcomeAdvice.TooFew(
            "not enough confirmed", revocation.Outcomes, "Try again when more Ursulas can be reached.");
        failure = ClockDiagnosis.Explain(failure, context.Ages);
        return $"{failure.Message}. {failure.Remedy}";
    }
}
