namespace NuCypher.P2P.Simulator;

/// <summary>How often a fault comes, how long it stays, and how many nodes it takes.</summary>
public sealed record Episodes
{
    /// <summary>None at all.</summary>
    public static readonly Episodes None = new();

    /// <summary>The mean time from one to the next; zero: never.</summary>
    public TimeSpan Every { get; init; }

    /// <summary>How long one stays. Default 1 minute.</summary>
    public TimeSpan Length { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The share of nodes, or of pairs of nodes, that it takes. Default a fifth.</summary>
    public Chance Share { get; init; } = new(200_000);
}
