using NuCypher.P2P.Policy.Alice;

namespace NuCypher.P2P.Actors.Alice;

/// <summary>Alice's limits and times.</summary>
public sealed record AliceOptions
{
    /// <summary>How she talks to Ursulas.</summary>
    public GrantOptions Grant { get; init; } = new();

    /// <summary>The most grants that are kept; 100,000.</summary>
    public int MaxGrants { get; init; } = Grants.DefaultMaxGrants;

    /// <summary>Grants, renewals and revocations under way at once; 64. Beyond it the answer is busy.</summary>
    public int MaxErrands { get; init; } = 64;

    /// <summary>When those who did not confirm a revocation are asked again; 2 minutes, then twice as long each
    /// time.</summary>
    public TimeSpan RevokeAgainDelay { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The longest such wait; 6 hours.</summary>
    public TimeSpan MaxRevokeAgainDelay { get; init; } = TimeSpan.FromHours(6);

    /// <summary>Treasure maps that are published again at once after a start; 16, the others wait.</summary>
    public int MaxRepublications { get; init; } = 16;
}
