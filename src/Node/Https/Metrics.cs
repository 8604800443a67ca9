using System.Globalization;

namespace NuCypher.P2P.Node.Https;

/// <summary>The node's gauges in the text format that Prometheus reads.</summary>
internal static class Metrics
{
    /// <summary>One block per gauge, in a fixed order.</summary>
    /// <param name="status">The node as it is now.</param>
    /// <param name="residentBytes">Memory of the process.</param>
    public static string Render(NodeStatus status, long residentBytes) => string.Concat(
        Gauge("uptime_seconds", "Time since the start.", status.UptimeSeconds),
        Gauge("peers", "Contacts in the routing table.", status.Peers.Count),
        Gauge("policies_held", "Policies with a kfrag.", status.PoliciesHeld),
        Gauge("reencryptions", "Requests of Bobs served since the start.", status.Reencryptions),
        Gauge("records_held", "Records and values of the swarm.", status.RecordsHeld),
        Gauge("resident_bytes", "Memory of the process.", residentBytes));

    private static string Gauge(string name, string help, long value) => string.Create(
        CultureInfo.InvariantCulture,
        $"# HELP nucypher_{name} {help}\n# TYPE nucypher_{name} gauge\nnucypher_{name} {value}\n");
}
