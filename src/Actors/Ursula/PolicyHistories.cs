using System.Diagnostics.CodeAnalysis;
using NuCypher.P2P.Actors.Journal;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Ursula;

namespace NuCypher.P2P.Actors.Ursula;

/// <summary>
/// Reads from a stored history where a policy is in its life, without an actor and without opening its kfrag.
/// </summary>
internal sealed class PolicyHistories(ProxyKeys keys, UrsulaOptions limits)
{
    /// <summary>Reads one history.</summary>
    /// <param name="id">Whose.</param>
    /// <param name="history">As stored.</param>
    /// <param name="state">Where the policy is.</param>
    /// <param name="hasWork">Whether the policy must be woken now: something of its past is to be deleted, or all of
    /// it.</param>
    /// <returns>False if an event can't be read.</returns>
    public bool TryRead(
        PolicyId id, StoredHistory history, [NotNullWhen(true)] out PolicyState? state, out bool hasWork)
    {
        using var policy = new UrsulaPolicy(id, keys, limits);
        (state, hasWork) = (null, false);
        foreach (var stored in history.Events)
        {
            if (!PolicyEvents.TryRead(stored.Manifest, stored.Payload.Span, out var policyEvent))
                return false;
            hasWork |= policy.EndsHistory(policyEvent) && stored != history.Events[0];
            policy.Apply(policyEvent);
        }

        hasWork |= policy.IsForgettable(default); // what has a time is woken by it
        state = new PolicyState(id, policy.Owner, policy.Stage, policy.WakeAt);
        return true;
    }
}
