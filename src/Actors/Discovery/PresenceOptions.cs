namespace NuCypher.P2P.Actors.Discovery;

/// <summary>How a node announces itself.</summary>
public sealed record PresenceOptions
{
    /// <summary>How long a node record is good; 24 hours: a node that is gone is forgotten after a day.</summary>
    public TimeSpan RecordLife { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How often a new record takes the place of the old one; 6 hours, well before its end.</summary>
    public TimeSpan RenewInterval { get; init; } = TimeSpan.FromHours(6);

    /// <summary>
    /// The wait after a publication that reached too few nodes; 2 seconds: others may be joining just now.
    /// </summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How often the node looks what the swarm holds under its own id; 5 minutes: some ten datagrams.
    /// </summary>
    public TimeSpan CheckInterval { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long such a look may take; 4 seconds: then nobody answered.</summary>
    public TimeSpan CheckTimeLimit { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>The most who may wait for one look; 64. The others hear what was known before.</summary>
    public int MaxWaiting { get; init; } = 64;
}
