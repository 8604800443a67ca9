using System.Text.Json.Serialization;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace NuCypher.P2P.Node.Https;

/// <summary>What a node found when it looked at one side of itself.</summary>
/// <param name="Name">One of <see cref="Names"/>.</param>
/// <param name="Status">Degraded: not yet known, or not to be had here; the node is ready all the same.</param>
/// <param name="Words">For the operator: what was seen, and where it is not well, what to do.</param>
internal sealed record HealthFinding(
    string Name, [property: JsonConverter(typeof(JsonStringEnumConverter<HealthStatus>))] HealthStatus Status,
    string Words)
{
    /// <summary>All sides, in the order in which they are shown.</summary>
    public static IReadOnlyList<string> Names { get; } = ["journal", "disk", "clock", "swarm", "record", "reachable"];

    /// <summary>As it should be.</summary>
    public static HealthFinding Good(string name, string words) => new(name, HealthStatus.Healthy, words);

    /// <summary>Not known, or not to be had: no reason to send nobody here.</summary>
    public static HealthFinding Open(string name, string words) => new(name, HealthStatus.Degraded, words);

    /// <summary>Not as it should be.</summary>
    public static HealthFinding Bad(string name, string words) => new(name, HealthStatus.Unhealthy, words);
}
