using System.Globalization;

namespace NuCypher.P2P.Node.Https;

/// <summary>The page of the swarm: the routing table drawn, the last lookups, what was counted.</summary>
internal static class SwarmPage
{
    private const int BarWidth = 22;
    private const int BarGap = 6;
    private const int Height = 120;
    private const int LineHeight = 16;
    private const string Bits = "bits in common with this node's id";

    /// <summary>The page; every value is encoded.</summary>
    public static string Render(SwarmStatus swarm) => PageFrame.Render($"swarm of {swarm.NodeId[..8]}", $"""
        <h1>The swarm as <code>{PageFrame.Encode(swarm.NodeId[..8])}</code> sees it</h1>
        <p><a href="/">node</a></p>
        <h2>Routing table</h2>
        {Draw(swarm.Buckets)}
        <p>{Words(swarm)}</p>
        <h2>Last lookups</h2>
        <table id="lookups">
        <tr><th>Began</th><th>For</th><th>Key</th><th>Took</th><th>Asked</th><th>Answered</th><th>Hops</th></tr>
        {string.Join('\n', swarm.Recent.Select(Row))}
        </table>
        <h2>Requests</h2>
        <table id="requests">
        <tr><th>Method</th><th>Served</th><th>Own, answered</th><th>Own, silent</th></tr>
        {string.Join('\n', swarm.Requests.Select(r => Row(r.Method, r.Served, r.Answered, r.Silent)))}
        </table>
        <h2>Lookups</h2>
        <table id="kinds">
        <tr><th>For</th><th>Ended</th><th>Requests</th><th>Hops</th></tr>
        {string.Join('\n', swarm.Lookups.Select(l => Row(l.Kind, l.Ended, l.Requests, l.Hops)))}
        </table>
        <h2>Refused</h2>
        <table id="refused">
        {string.Join('\n', swarm.Refused.Select(pair => PageFrame.Row(pair.Key, PageFrame.Number(pair.Value))))}
        </table>
        """);

    private static string Words(SwarmStatus swarm)
    {
        var (healthy, doubted) = (swarm.Buckets.Sum(b => b.Healthy), swarm.Buckets.Sum(b => b.Doubted));
        var size = swarm.EstimatedNodes is { } nodes
            ? $"about {PageFrame.Number((long)Math.Round(nodes))} nodes in all"
            : "too few to say how many there are";
        return $"{PageFrame.Number(healthy)} contacts that answered last, {PageFrame.Number(doubted)} doubted; {size}. "
            + $"Kept for others: {PageFrame.Number(swarm.Records)} records, "
            + $"{PageFrame.Number(swarm.PlainValues)} plain values, {PageFrame.Number(swarm.StoredBytes)} bytes.";
    }

    // A column a distance: below who answered last, on top who is doubted.
    private static string Draw(IReadOnlyList<BucketStatus> buckets)
    {
        if (buckets.Count == 0)
            return "<p>It is empty.</p>";
        var most = buckets.Max(bucket => bucket.Healthy + bucket.Doubted);
        var width = buckets.Count * (BarWidth + BarGap);
        return $"""
            <svg id="table" viewBox="0 0 {width} {Height + (3 * LineHeight)}" role="img" aria-label="{Bits}">
            {string.Join('\n', buckets.Select((bucket, index) => Column(bucket, index, most)))}
            <text x="0" y="{Height + (3 * LineHeight) - 2}" class="axis">{Bits}</text>
            </svg>
            """;
    }

    private static string Column(BucketStatus bucket, int index, int most)
    {
        var (x, middle) = (index * (BarWidth + BarGap), (index * (BarWidth + BarGap)) + (BarWidth / 2));
        var (healthy, doubted) = (Height * bucket.Healthy / most, Height * bucket.Doubted / most);
        var (foot, top) = (LineHeight + Height, LineHeight + Height - healthy - doubted);
        return $"""
            <g><title>{bucket.SharedBits} bits: {bucket.Healthy} answered last, {bucket.Doubted} doubted</title>
            <rect class="healthy" x="{x}" y="{foot - healthy}" width="{BarWidth}" height="{healthy}"/>
            <rect class="doubted" x="{x}" y="{top}" width="{BarWidth}" height="{doubted}"/>
            <text x="{middle}" y="{top - 3}" class="count">{bucket.Healthy + bucket.Doubted}</text>
            <text x="{middle}" y="{foot + LineHeight - 3}" class="count">{bucket.SharedBits}</text></g>
            """;
    }

    private static string Row(LookupStatus lookup) =>
        $"<tr><td>{lookup.Started.UtcDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture)}</td>"
        + $"<td>{PageFrame.Encode(lookup.Kind)}{(lookup.Values > 0 ? ", found" : "")}</td>"
        + $"<td>{PageFrame.Code(lookup.Key)}</td>"
        + $"<td>{lookup.Milliseconds.ToString("N1", CultureInfo.InvariantCulture)} ms</td>"
        + $"<td>{lookup.Requests}</td><td>{lookup.Answers}</td><td>{lookup.Hops}</td></tr>";

    private static string Row(string name, long first, long second, long third) =>
        $"<tr><th scope=\"row\">{PageFrame.Encode(name)}</th><td>{PageFrame.Number(first)}</td>"
        + $"<td>{PageFrame.Number(second)}</td><td>{PageFrame.Number(third)}</td></tr>";
}
