namespace NuCypher.P2P.Policy.Alice;

/// <summary>How Alice talks to Ursulas.</summary>
public sealed record GrantOptions
{
    /// <summary>
    /// The whole grant must be done within; 60 seconds. Must stay below an Ursula's arrangement life.
    /// </summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The longest wait for one answer; 5 seconds.</summary>
    public TimeSpan CallTimeLimit { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How many more Ursulas are asked at once than are needed, so that one silent one costs no time; 2.
    /// </summary>
    public int Spares { get; init; } = 2;

    /// <summary>
    /// Whether loopback addresses count as different hosts; true: nobody else can be there. Elsewhere fewer than a
    /// threshold of holders share an address, a network of 24 bits (IPv6: 56) or a certificate.
    /// </summary>
    public bool ExemptLoopback { get; init; } = true;

    /// <summary>The most candidates that are remembered in one grant; 256.</summary>
    public int MaxCandidates { get; init; } = 256;

    /// <summary>
    /// Searches in a row without anybody new after which there are no more Ursulas; 3: a young swarm is still meeting.
    /// </summary>
    public int MaxFruitlessSearches { get; init; } = 3;

    /// <summary>The pause after a search without anybody new; 1 second.</summary>
    public TimeSpan SearchDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long an order goes on asking the silent once enough Ursulas have carried it out: a threshold renewed, or so
    /// many revoked that the rest is below the threshold; 10 seconds: one call that times out, and another.
    /// </summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The wait before an Ursula that did not answer an order is asked again; 2 seconds.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(2);
}
