using System.CommandLine;
using System.Globalization;
using NuCypher.P2P.Actors.Alice;
using NuCypher.P2P.Node.CommandLine;
using NuCypher.P2P.Node.Errors;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Alice;
using NuCypher.P2P.Policy.Records;

namespace NuCypher.P2P.Node.Commands;

/// <summary><c>grant</c>: Alice lets Bob read what is, or will be, encrypted under a label.</summary>
internal sealed class GrantCommand : NodeCommand
{
    private const double AssumedHostileShare = 0.2;

    private readonly Option<string[]> _bobs = new("--bob")
    {
        Description = "Bob's card, or his name among the contacts; may be given more than once.",
        HelpName = "CARD|NAME",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<int> _threshold = new("--threshold", "-m")
    {
        Description = "How many Ursulas Bob needs.",
        DefaultValueFactory = _ => 3,
    };

    private readonly Option<int> _shares = new("--shares", "-n")
    {
        Description = "How many Ursulas get a fragment.",
        DefaultValueFactory = _ => 5,
    };

    /// <summary>The command's words.</summary>
    public GrantCommand() : base(
        "grant",
        "Let Bob, or several Bobs, read everything under a label, for a time.",
        "nucypher grant --label reports --bob bob1_... --for 30d --join 127.0.0.1:4000")
    {
        Add(PolicyOptions.Label);
        Add(_bobs);
        Add(_threshold);
        Add(_shares);
        Add(PolicyOptions.For);
        Add(RuleOptions.Hours);
        Add(RuleOptions.Between);
        Add(RuleOptions.If);
        Add(SwarmOptions.Join);
        Add(SwarmOptions.Lan);
        Add(SwarmOptions.Deadline);
        Add(SharedOptions.Data);
        Add(SharedOptions.PasswordFile);
    }

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(CommandContext context, CancellationToken cancellation)
    {
        var all = TermsOf(context);
        var deadline = SwarmOptions.DeadlineOf(context);
        SwarmOptions.SeedsOf(context);
        using var identity = context.OpenIdentity();
        context.Say(RiskOf(all[0]));
        await using var client = await ClientNode.JoinWithGrantsAsync(context, identity, cancellation);
        context.Say($"asking Ursulas to hold {all[0].Shares} fragments, of which {all[0].Threshold} will do");
        var answers = new List<object>();
        foreach (var terms in all)
            answers.Add(
                await client.RunAsync(
                    client.Actors.Alice, new MakeGrant(terms, deadline), cancellation));
        GrantReport.Write(context, all, answers);
        return ExitCode.Success;
    }

    // A threshold of Ursulas who conspire with Bob have the label's key; which Ursulas are asked is left to chance.
    private static string RiskOf(GrantTerms terms)
    {
        var percent = 100 * GrantRisk.Of(terms.Threshold, terms.Shares, AssumedHostileShare);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"if {100 * AssumedHostileShare:0} % of all nodes conspired, "
            + $"{terms.Threshold} of these {terms.Shares} would be theirs in {percent:0.####} % of grants");
    }

    private IReadOnlyList<GrantTerms> TermsOf(CommandContext context)
    {
        var (threshold, shares) = (context.Get(_threshold), context.Get(_shares));
        if (threshold < 1 || threshold > shares || shares > TreasureMap.MaxUrsulas)
        {
            throw new CommandException(
                ExitCode.Usage, $"{threshold} of {shares} is not possible",
                $"Choose 1 <= threshold <= shares <= {TreasureMap.MaxUrsulas}.");
        }
        var now = TimeProvider.System.GetUtcNow();
        var validity = new Validity(now, now + PolicyOptions.DurationOf(context));
        var rules = RuleOptions.Of(context, validity);
        var label = PolicyOptions.LabelOf(context);
        var bobs = context.Get(_bobs).DefaultIfEmpty("").Select(text => PolicyOptions.BobOf(context, text)).Distinct();
        return [.. bobs.Select(bob => new GrantTerms(label, bob, threshold, shares, validity) { Rules = rules })];
    }
}
