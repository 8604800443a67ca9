namespace NuCypher.P2P.Node.Configuration;

/// <summary>Which swarm a command joins that is not told.</summary>
internal sealed record SwarmSettings
{
    /// <summary>UDP addresses of nodes, HOST:PORT; empty: those of the swarm that was joined last.</summary>
    public IReadOnlyList<string> Seeds { get; init; } = [];
}
