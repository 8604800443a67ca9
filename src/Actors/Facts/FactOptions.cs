namespace NuCypher.P2P.Actors.Facts;

/// <summary>Limits of what an Ursula asks hosts for conditions.</summary>
public sealed record FactOptions
{
    /// <summary>How long a host may take, with everything; 2 s. Then it is not known.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The longest answer of a host, in bytes; 16 KiB.</summary>
    public int MaxAnswerSize { get; init; } = 16 * 1024;

    /// <summary>
    /// URLs whose answers are under way or remembered; 128. While all are under way, nothing more is known.
    /// </summary>
    public int MaxUrls { get; init; } = 128;

    /// <summary>How long an answer is good for, counted from the question; 5 s.</summary>
    public TimeSpan CacheTime { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Whether hosts may stand in a private network or on the node's machine; off.</summary>
    public bool AllowPrivate { get; init; }
}
