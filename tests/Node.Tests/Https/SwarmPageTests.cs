using System.Globalization;
using NuCypher.P2P.Node.Https;

namespace NuCypher.P2P.Node.Tests.Https;

public sealed class SwarmPageTests
{
    internal static SwarmStatus Swarm { get; } = new(
        "00112233445566778899aabbccddeeff00112233", DateTimeOffset.UnixEpoch, 1_234.4, 4_000, 7, 5_000,
        [new BucketStatus(0, 20, 0), new BucketStatus(1, 18, 2), new BucketStatus(5, 0, 1)],
        [new RequestStatus("ping", 1, 2, 3), new RequestStatus("find_value", 4, 5, 6)],
        [new LookupsStatus("nodes", 1, 2, 3), new LookupsStatus("value", 10, 100, 21)],
        new Dictionary<string, long> { ["malformed"] = 9, ["<script>"] = 8 },
        [
            new LookupStatus(new string('a', 40), "value", DateTimeOffset.UnixEpoch.AddSeconds(61), 12.34, 9, 8, 2, 3),
            new LookupStatus("<b>", "nodes", DateTimeOffset.UnixEpoch, 1_000, 30, 20, 3, 0),
        ]);

    [Fact]
    public void Render_TableWithDoubtedContacts_DrawsAColumnForEachDistance()
    {
        var page = SwarmPage.Render(Swarm);

        Assert.Equal(3, Count(page, "<rect class=\"healthy\""));
        Assert.Contains(
            "<rect class=\"healthy\" x=\"28\" y=\"28\" width=\"22\" height=\"108\"/>", page, StringComparison.Ordinal);
        Assert.Contains(
            "<rect class=\"doubted\" x=\"28\" y=\"16\" width=\"22\" height=\"12\"/>", page, StringComparison.Ordinal);
        Assert.Contains(
            "38 contacts that answered last, 3 doubted; about 1,234 nodes in all", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_LastLookups_SaysWhatBecameOfEach()
    {
        var page = SwarmPage.Render(Swarm);

        Assert.Contains(
            $"<tr><td>00:01:01</td><td>value, found</td><td><code>{new string('a', 40)}</code></td><td>12.3 ms</td>"
            + "<td>9</td><td>8</td><td>2</td></tr>",
            page, StringComparison.Ordinal);
        Assert.Contains("1,000.0 ms", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_WordsOfHtml_AreEncoded()
    {
        var page = SwarmPage.Render(Swarm);

        Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_NodeThatKnowsNobody_SaysThatTheTableIsEmpty()
    {
        var page = SwarmPage.Render(Swarm with { Buckets = [], Recent = [], EstimatedNodes = null });

        Assert.Contains("It is empty.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<svg", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_UnderACultureWithOtherPoints_IsTheSame()
    {
        var (culture, other) = (CultureInfo.CurrentCulture, (CultureInfo)CultureInfo.InvariantCulture.Clone());
        (other.DateTimeFormat.TimeSeparator, other.NumberFormat.NumberGroupSeparator) = (".", "'");
        other.NumberFormat.NumberDecimalSeparator = ",";
        var before = SwarmPage.Render(Swarm);
        try
        {
            CultureInfo.CurrentCulture = other;
            Assert.Equal(before, SwarmPage.Render(Swarm));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    private static int Count(string page, string part) => page.Split(part).Length - 1;
}
