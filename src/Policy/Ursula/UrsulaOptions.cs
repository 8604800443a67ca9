using NuCypher.P2P.Policy.Messages;

namespace NuCypher.P2P.Policy.Ursula;

/// <summary>What an Ursula promises, and how long she waits.</summary>
public sealed record UrsulaOptions
{
    /// <summary>The most policies, arrangements and tombstones included; 100,000, about 200 MB of journal.</summary>
    public int MaxPolicies { get; init; } = 100_000;

    /// <summary>
    /// The most policies of one Alice, arrangements and tombstones included; 10,000: ten of her fill an Ursula, one
    /// doesn't.
    /// </summary>
    public int MaxPoliciesPerAlice { get; init; } = 10_000;

    /// <summary>
    /// The most policies that one address (IPv6: /64) arranged for since the start, as whatever Alice, as long as they
    /// are arranged, held or remembered; 20,000: keys cost nothing, addresses do.
    /// </summary>
    public int MaxPoliciesPerSource { get; init; } = 20_000;

    /// <summary>
    /// The most arrangements of a policy since its last kfrag or end, each an event in its journal; 64.
    /// </summary>
    public int MaxArrangements { get; init; } = 64;

    /// <summary>The longest time from now to a policy's end; 400 days: a year and some weeks of planning.</summary>
    public TimeSpan MaxDuration { get; init; } = TimeSpan.FromDays(400);

    /// <summary>How far ahead a policy may start; 40 days.</summary>
    public TimeSpan MaxLeadTime { get; init; } = TimeSpan.FromDays(40);

    /// <summary>How long an arrangement waits for its kfrag; 10 minutes, the length of a slow grant.</summary>
    public TimeSpan ArrangementLife { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// How far the time of Alice's proposals may be from Ursula's clock; 5 minutes. Her other orders have a version
    /// only.
    /// </summary>
    public TimeSpan OrderWindow { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How far the time of Bob's requests may be from Ursula's clock; 60 seconds.</summary>
    public TimeSpan RequestWindow { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// The most nonces remembered per policy, and so the most requests served in a <see cref="RequestWindow"/>; 1,024,
    /// about 100 KB.
    /// </summary>
    public int MaxNonces { get; init; } = 1024;

    /// <summary>The most capsules in one request; at most <see cref="ReencryptionRequest.MaxCapsules"/>.</summary>
    public int MaxCapsules { get; init; } = ReencryptionRequest.MaxCapsules;

    /// <summary>The most renewals of a policy, each an event in its journal; 1,000: three a day for a year.</summary>
    public int MaxRenewals { get; init; } = 1000;

    /// <summary>
    /// Requests a second that one Alice, or one Bob, may have served for long, whatever they are about; 100.
    /// </summary>
    public int IdentityRate { get; init; } = 100;

    /// <summary>Requests that one Alice or Bob may have served at once; 400.</summary>
    public int IdentityBurst { get; init; } = 400;

    /// <summary>The most Alices and Bobs whose requests are counted; 4,096, about 400 KB.</summary>
    public int MaxCountedIdentities { get; init; } = 4_096;

    /// <summary>
    /// How long a tombstone is kept; 30 days. A proposal is too old to revive a policy after <see cref="OrderWindow"/>.
    /// </summary>
    public TimeSpan TombstoneLife { get; init; } = TimeSpan.FromDays(30);

    /// <summary>
    /// The hosts that conditions may have her ask for JSON, by their names; none: such conditions are refused.
    /// </summary>
    public IReadOnlyList<string> FactHosts { get; init; } = [];

    /// <summary>How long her clock is doubted.</summary>
    public ClockGuardOptions Clock { get; init; } = new();

    /// <summary>When a policy is over: at its end, but where a test plants a bug to see whether it is found.</summary>
    internal Func<Validity, DateTimeOffset, bool> IsOver { get; init; } =
        static (validity, now) => validity.IsOver(now);
}
