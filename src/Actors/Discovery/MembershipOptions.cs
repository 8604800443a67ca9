using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Actors.Discovery;

/// <summary>How a node gets into the swarm and stays in it.</summary>
public sealed record MembershipOptions
{
    /// <summary>Where to join; empty for the first node of a swarm.</summary>
    public IReadOnlyList<NodeAddress> Seeds { get; init; } = [];

    /// <summary>The wait before joining is tried again when nobody answered; 2 seconds.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How often the node looks whether it still knows anybody; 30 seconds.</summary>
    public TimeSpan CheckInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Nodes known before that are tried beside the seeds when everybody is lost; 20. The first node of a swarm has no
    /// seeds.
    /// </summary>
    public int MaxRemembered { get; init; } = 20;
}
