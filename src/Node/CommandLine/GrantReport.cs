using System.Globalization;
using NuCypher.P2P.Actors.Alice;
using NuCypher.P2P.Node.Contacts;
using NuCypher.P2P.Node.Errors;
using NuCypher.P2P.Policy.Alice;

namespace NuCypher.P2P.Node.CommandLine;

/// <summary>A grant in words and as JSON.</summary>
internal static class GrantReport
{
    /// <summary>Says what was granted to each Bob, and what each Ursula did.</summary>
    /// <exception cref="CommandException">Alice did not do it for each.</exception>
    public static void Write(CommandContext context, IReadOnlyList<GrantTerms> asked, IReadOnlyList<object> answers)
    {
        var made = answers.OfType<GrantPublished>().ToList();
        var failed = answers.Zip(asked, (answer, terms) => (Answer: answer, Terms: terms))
            .Where(pair => pair.Answer is not GrantPublished).ToList();
        if (made.Count > 0 && failed.Count > 0 && !context.Json)
            made.ForEach(published => Write(context.Output, published));
        if (failed is [var (answer, terms), ..])
            throw asked.Count == 1
                ? GrantFailures.Of(answer, context)
                : OfOne(GrantFailures.Of(answer, context), terms, made);
        context.Write(
            new { grants = made.Select(ToJson) }, output => made.ForEach(published => Write(output, published)));
    }

    /// <summary>Says what was renewed, and what each Ursula did.</summary>
    public static void Write(CommandContext context, GrantPublished published) =>
        context.Write(ToJson(published), output => Write(output, published));

    /// <summary>Lists grants, with the names of contacts for their Bobs.</summary>
    public static void Write(CommandContext context, TextWriter output, IReadOnlyList<Grant> grants)
    {
        var now = TimeProvider.System.GetUtcNow();
        var names = ContactBook.Of(context.RequireFolder()).Entries.ToLookup(entry => entry.Card, entry => entry.Name);
        TextTable.Write(
            output, CommandContext.OutputWidth, ["label", "m of n", "until", "status", "Bob"],
            [.. grants.Select(g => new[]
            {
                g.Label.Text, $"{g.Threshold} of {g.Shares}", Time(g.Validity.NotAfter), g.StatusAt(now).ToString(),
                names[g.Bob.ToString()].FirstOrDefault() ?? g.Bob.ToString(),
            })]);
    }

    /// <summary>A grant for scripts.</summary>
    public static object ToJson(Grant grant) => new
    {
        label = grant.Label.Text,
        bob = grant.Bob.ToString(),
        hrac = grant.Hrac.ToString(),
        status = grant.StatusAt(TimeProvider.System.GetUtcNow()).ToString(),
        threshold = grant.Threshold,
        shares = grant.Shares,
        notBefore = grant.Validity.NotBefore,
        notAfter = grant.Validity.NotAfter,
        rulesKnown = grant.Rules is not null,
        hours = grant.Rules?.Hours is { } hours ? HoursText.Format(hours) : null,
        between = (grant.Rules?.Intervals ?? []).Select(
            interval => new { from = interval.NotBefore, to = interval.NotAfter }),
        condition = grant.Rules?.Condition is { } condition ? ConditionText.Format(condition) : null,
        policyKey = Convert.ToHexStringLower(grant.PolicyKey.ToBytes()),
        ursulas = grant.Holders.Select(h => h.Ursula.ToString()),
        sharesGone = grant.SharesGone,
    };

    private static object ToJson(GrantPublished published) =>
        new
        {
            grant = ToJson(published.Grant),
            mapHolders = published.MapHolders,
            ursulas = OutcomeTable.ToJson(published.Outcomes),
        };

    private static CommandException OfOne(CommandException failure, GrantTerms terms, List<GrantPublished> made)
    {
        var others = made.Count == 0 ? "nobody" : string.Join(", ", made.Select(published => published.Grant.Bob));
        return new CommandException(
            failure.Code, $"{terms.Bob}: {failure.Message}; granted to {others}", failure.Remedy);
    }

    private static void Write(TextWriter output, GrantPublished published)
    {
        var grant = published.Grant;
        output.WriteLine($"label           {Printable.Of(grant.Label.Text)}");
        output.WriteLine($"bob             {grant.Bob}");
        output.WriteLine($"threshold       {grant.Threshold} of {grant.Shares}");
        output.WriteLine($"until           {Time(grant.Validity.NotAfter)}");
        if (grant.Rules?.Hours is { } hours)
            output.WriteLine($"hours           {HoursText.Format(hours)}");
        foreach (var interval in grant.Rules?.Intervals ?? [])
            output.WriteLine($"between         {Time(interval.NotBefore)} and {Time(interval.NotAfter)}");
        if (grant.Rules?.Condition is { } condition)
            output.WriteLine($"if              {Printable.Of(ConditionText.Format(condition))}");
        output.WriteLine($"policy key      {PolicyKeyOption.Format(grant.PolicyKey)}");
        output.WriteLine($"map kept by     {published.MapHolders} nodes");
        OutcomeTable.Write(output, published.Outcomes);
    }

    /// <summary>A time in UTC, to the second.</summary>
    public static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
