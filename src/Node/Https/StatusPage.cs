using NuCypher.P2P.Policy.Text;

namespace NuCypher.P2P.Node.Https;

/// <summary>The status page.</summary>
internal static class StatusPage
{
    /// <summary>The page; every value is encoded.</summary>
    public static string Render(NodeStatus status) => PageFrame.Render($"node {status.NodeId[..8]}", $"""
        <h1>nucypher node {PageFrame.Code(status.NodeId[..8])}</h1>
        <p><a href="/swarm">swarm</a></p>
        <h2>Identity</h2>
        <table>
        {PageFrame.Row("Node id", PageFrame.Code(status.NodeId))}
        {PageFrame.Row("Verifying key", PageFrame.Code(status.VerifyingKey))}
        {PageFrame.Row("Swarm (UDP)", PageFrame.Code(status.Udp))}
        {PageFrame.Row("Service (HTTPS)", PageFrame.Code(status.Https))}
        {PageFrame.Row("Mode", PageFrame.Encode(status.Mode))}
        {PageFrame.Row("Version", PageFrame.Encode(status.Version))}
        </table>
        <h2>State</h2>
        <table>
        {PageFrame.Row("Uptime", PageFrame.Encode(Uptime(status)))}
        {PageFrame.Row("Policies held", PageFrame.Number(status.PoliciesHeld))}
        {PageFrame.Row("Re-encryptions", PageFrame.Number(status.Reencryptions))}
        {PageFrame.Row("Records held", PageFrame.Number(status.RecordsHeld))}
        {PageFrame.Row("Peers", PageFrame.Number(status.Peers.Count))}
        </table>
        <h2>Health</h2>
        <table>
        {string.Join('\n', status.Health.Select(Row))}
        </table>
        <h2>Peers</h2>
        <table>
        <tr><th>Node id</th><th>Address</th></tr>
        {string.Join('\n', status.Peers.Select(Row))}
        </table>
        """);

    private static string Row(HealthFinding found) =>
        PageFrame.Row(found.Name, PageFrame.Encode($"{found.Status}: {found.Words}"));

    private static string Row(PeerStatus peer) =>
        $"<tr><td>{PageFrame.Code(peer.NodeId)}</td><td>{PageFrame.Code(peer.Udp)}</td></tr>";

    private static string Uptime(NodeStatus status) =>
        $"{TimeWords.Of(TimeSpan.FromSeconds(status.UptimeSeconds))}, "
        + $"since {status.Started.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC";
}
