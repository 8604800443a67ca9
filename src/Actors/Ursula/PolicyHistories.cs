using System.Diagnostics.CodeAnalysis;
using NuCypher.P2P.Actors.Journal;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Ursula;
using NuCypher.P2P.Umbral;

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
        state = null;
        if (!TryApply(policy, history, out hasWork))
            return false;
        hasWork |= policy.IsForgettable(default); // what has a time is woken by it
        state = StateOf(policy);
        return true;
    }

    /// <summary>Decides how a policy out of memory ends, and where it is then.</summary>
    /// <param name="id">Which.</param>
    /// <param name="history">As stored.</param>
    /// <param name="reached">A time that has come for certain.</param>
    /// <param name="random">For the seal of the tombstone.</param>
    /// <param name="end">What is left of the history.</param>
    /// <param name="state">Where the policy is; <c>Unknown</c> if nothing is left.</param>
    /// <returns>False if its actor must be asked: an event can't be read, or something of it goes on.</returns>
    public bool TryEnd(
        PolicyId id, StoredHistory history, DateTimeOffset reached, RandomSource random,
        [NotNullWhen(true)] out HistoryEnd? end, [NotNullWhen(true)] out PolicyState? state)
    {
        using var policy = new UrsulaPolicy(id, keys, limits);
        (end, state) = (null, null);
        if (!TryApply(policy, history, out _))
            return false;
        var events = policy.DecideExpiry(reached, random);
        foreach (var policyEvent in events)
            policy.Apply(policyEvent);
        var last = history.Events[^1].SequenceNr;
        if (policy.IsForgettable(reached))
            end = new HistoryEnd(history.PersistenceId, last, null);
        else if (events is [{ EndsHistory: true } tombstone])
            end = new HistoryEnd(
                history.PersistenceId, last, new StoredEvent(last + 1, tombstone.Manifest, tombstone.ToBytes()));
        state = end is { Tombstone: null }
            ? new PolicyState(id, null, PolicyStage.Unknown, null)
            : StateOf(policy);
        return end is not null;
    }

    private static bool TryApply(UrsulaPolicy policy, StoredHistory history, out bool hasPast)
    {
        hasPast = false;
        foreach (var stored in history.Events)
        {
            if (!PolicyEvents.TryRead(stored.Manifest, stored.Payload.Span, out var policyEvent))
                return false;
            hasPast |= policy.EndsHistory(policyEvent) && stored != history.Events[0];
            policy.Apply(policyEvent);
        }

        return true;
    }

    private static PolicyState StateOf(UrsulaPolicy policy) =>
        new(policy.Id, policy.Owner, policy.Stage, policy.WakeAt, policy.Reader);
}
