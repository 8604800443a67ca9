using System.Globalization;
using NuCypher.P2P.Actors.Alice;
using NuCypher.P2P.Policy.Alice;

namespace NuCypher.P2P.Node.CommandLine;

/// <summary>A grant in words and as JSON.</summary>
internal static class GrantReport
{
    /// <summary>Says what was granted or renewed, and what each Ursula did.</summary>
    public static void Write(CommandContext context, GrantPublished published) => context.Write(
        new { grant = ToJson(published.Grant), mapHolders = published.MapHolders, ursulas = OutcomeTable.ToJson(published.Outcomes) },
        output =>
        {
            var grant = published.Grant;
            output.WriteLine($"label           {Printable.Of(grant.Label.Text)}");
            output.WriteLine($"bob             {grant.Bob}");
            output.WriteLine($"threshold       {grant.Threshold} of {grant.Shares}");
            output.WriteLine($"until           {Time(grant.Validity.NotAfter)}");
            output.WriteLine($"policy key      {Convert.ToHexStringLower(grant.PolicyKey.ToBytes())}");
            output.WriteLine($"map kept by     {published.MapHolders} nodes");
            OutcomeTable.Write(output, published.Outcomes);
        });

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
        policyKey = Convert.ToHexStringLower(grant.PolicyKey.ToBytes()),
        ursulas = grant.Holders.Select(h => h.Ursula.ToString()),
        sharesGone = grant.SharesGone,
    };

    /// <summary>A time in UTC, to the second.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
