namespace NuCypher.P2P.Actors.Discovery;

/// <summary>How a node announces itself.</summary>
public sealed record PresenceOptions
{
    /// <summary>How long a node record is good; 24 hours: a node that is gone is forgotten after a day.</summary>
    public TimeSpan RecordLife { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How often a new record takes the place of the old one; 6 hours, well before its end.</summary>
    public TimeSpan RenewInterval { get; init; } = TimeSpan.FromHours(6);

    /// <summary>The wait after a publication that reached too few nodes; 2 seconds: others may be joining just now.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(2);
}
