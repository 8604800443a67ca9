namespace NuCypher.P2P.Actors.Links;

/// <summary>Limits of a node's calls to other nodes.</summary>
public sealed record HttpsLinkOptions
{
    /// <summary>Calls on the wire at a time. Default 64: three grants of 20 shares at once.</summary>
    public int MaxConcurrentCalls { get; init; } = 64;

    /// <summary>Calls that wait for their turn; one more is answered <c>Busy</c>. Default 1,024.</summary>
    public int MaxQueuedCalls { get; init; } = 1_024;

    /// <summary>
    /// How often a call that was told when to come again is repeated then, within its time. Default 2.
    /// </summary>
    public int MaxRepetitions { get; init; } = 2;

    /// <summary>Connections to one target. Default 4.</summary>
    public int MaxConnectionsPerTarget { get; init; } = 4;

    /// <summary>Targets whose connections stay open; the one that was idle longest is closed. Default 256.</summary>
    public int MaxTargets { get; init; } = 256;

    /// <summary>Longest reply, in bytes. Default 16 KiB: 16 cfrags have some 6,500.</summary>
    public int MaxReplySize { get; init; } = 16 * 1024;

    /// <summary>How long an idle connection stays open. Default 30 s, below the other side's 60 s.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest time to connect and shake hands. Default 5 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);
}
