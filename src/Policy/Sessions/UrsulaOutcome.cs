using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy.Messages;

namespace NuCypher.P2P.Policy.Sessions;

/// <summary>What came of asking one Ursula one thing.</summary>
/// <param name="Ursula">Her node id.</param>
/// <param name="Kind">What came of it.</param>
/// <param name="Reason">Why she refused; <c>None</c> otherwise.</param>
/// <param name="Elapsed">How long it took.</param>
public sealed record UrsulaOutcome(NodeId Ursula, UrsulaOutcomeKind Kind, RefusalReason Reason, TimeSpan Elapsed)
{
    /// <summary>
    /// How far her clock is ahead of the asker's, give or take <see cref="Elapsed"/>; null unless she refused, signed.
    /// </summary>
    public TimeSpan? ClockAhead { get; init; }
}
