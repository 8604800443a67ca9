namespace NuCypher.P2P.Node.Configuration;

/// <summary>How a swarm on the local network is found without a seed.</summary>
internal sealed record LanOptions
{
    /// <summary>UDP port of the multicast group 239.255.78.67; 7,867. The same on all machines.</summary>
    public int Port { get; init; } = 7_867;

    /// <summary>How long one search takes if nobody answers; 1 second. It ends soon after the first answer.</summary>
    public TimeSpan SearchTime { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The most answers that a node gives in a second; 10.</summary>
    public int AnswersPerSecond { get; init; } = 10;

    /// <summary>The most nodes that one search finds; 20.</summary>
    public int MaxFound { get; init; } = 20;
}
