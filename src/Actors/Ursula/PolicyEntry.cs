using System.Net;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Ursula;

namespace NuCypher.P2P.Actors.Ursula;

/// <summary>One line of the <see cref="PolicyIndex"/>.</summary>
internal sealed class PolicyEntry(PolicyId id, IPAddress? source)
{
    public PolicyId Id { get; } = id;

    /// <summary>Who first arranged for it since the start; null if nobody did, or nobody knows.</summary>
    public IPAddress? Source { get; } = source;

    public PolicyStage Stage { get; set; }

    /// <summary>Whose it is, as the policy said last.</summary>
    public Digest? Owner { get; set; }

    /// <summary>Whom it is for, as the policy said last; null without a kfrag.</summary>
    public Digest? Reader { get; set; }

    /// <summary>When something of it ends, as the policy said last; null: nothing does.</summary>
    public DateTimeOffset? EndsAt { get; set; }

    /// <summary>The end that it waits for in the index; null: it waits for none.</summary>
    public DateTimeOffset? WakeAt { get; set; }

    /// <summary>
    /// The monotonic time at which it is looked at again, because it may not have done what it was told; null: it need
    /// not be.
    /// </summary>
    public TimeSpan? RetryAt { get; set; }

    /// <summary>The end that has come, whatever the clock shows now; the beginning of time if none has.</summary>
    public DateTimeOffset Reached { get; set; }

    /// <summary>The actor while the policy is in memory.</summary>
    public IActorRef? Actor { get; set; }

    /// <summary>
    /// Bob's requests from before this monotonic time are refused: what it had served by then left memory with its
    /// actor. Zero if it never had to leave early.
    /// </summary>
    public TimeSpan ServingSince { get; set; }

    /// <summary>
    /// Whether it comes from a copy of an older state: it may have been revoked since. Nothing is served until its
    /// Alice renews it or grants
    /// anew.
    /// </summary>
    public bool IsInDoubt { get; set; }

    /// <summary>Whether the actor was asked to leave early.</summary>
    public bool IsLeaving { get; set; }

    /// <summary>Messages sent to the actor that is in memory; a full mailbox may have dropped some.</summary>
    public long Asked { get; set; }

    /// <summary>The policy left memory; the next actor starts counting anew.</summary>
    public void Leave() => (Actor, Asked, IsLeaving) = (null, 0, false);
}
