using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Rules;
using NuCypher.P2P.Policy.Ursula;

namespace NuCypher.P2P.Actors.Ursula;

/// <summary>From Ursula to one of her policies; the answer goes to the sender.</summary>
/// <param name="Request">About this policy.</param>
/// <param name="Load">What she holds besides this one.</param>
/// <param name="Time">Her clocks.</param>
/// <param name="Number">Counts what she sends to this actor, from 1.</param>
/// <param name="Claimed">Who it says it is from: <see cref="ProxyKeys.TagOf"/>; null if nobody counts that.</param>
/// <param name="Facts">What was found out for it; null: nothing was asked yet.</param>
internal sealed record AskPolicy(
    UrsulaRequest Request, UrsulaLoad Load, ClockReading Time, long Number, Digest? Claimed,
    KnownFacts? Facts = null);

/// <summary>From a policy to its Ursula: a request was from whom it says.</summary>
/// <param name="Identity">From whom.</param>
internal sealed record AskerVerified(Digest Identity);

/// <summary>From a policy to its Ursula: this must be found out before the asker is answered.</summary>
/// <param name="Questions">What.</param>
/// <param name="Request">For which request.</param>
/// <param name="Asker">Who waits.</param>
internal sealed record PolicyAsks(IReadOnlyList<JsonFact> Questions, UrsulaRequest Request, IActorRef Asker);

/// <summary>From Ursula to one of her policies: your time may be over.</summary>
/// <param name="Number">Counts what she sends to this actor, from 1.</param>
/// <param name="Reached">A time that has come for certain, whatever the clock shows now.</param>
internal sealed record EndPolicy(long Number, DateTimeOffset Reached);

/// <summary>
/// From Ursula to one of her policies: others need the room; leave memory as soon as nothing is being written or
/// deleted.
/// </summary>
/// <param name="Number">Counts what she sends to this actor, from 1.</param>
internal sealed record LeaveMemory(long Number);

/// <summary>From a policy to its Ursula: where it is in its life, after a recovery and after each change.</summary>
/// <param name="Policy">Which.</param>
/// <param name="Owner">Whose it is; null if nothing is known of it.</param>
/// <param name="Stage">Where it is.</param>
/// <param name="WakeAt">When it must be woken; null: never.</param>
/// <param name="Reader">Whom it is for; null if there is no kfrag.</param>
/// <param name="IsConfirmed">Whether its Alice has just deposited or renewed it.</param>
internal sealed record PolicyState(PolicyId Policy, Digest? Owner, PolicyStage Stage, DateTimeOffset? WakeAt,
    Digest? Reader = null, bool IsConfirmed = false);

/// <summary>From a policy to its Ursula: I may leave memory.</summary>
/// <param name="Policy">Which.</param>
/// <param name="Asked">The number of the last message that it has seen; if Ursula sent more, it stays.</param>
/// <param name="IsForgotten">Whether the journal knows nothing of it any more, so that Ursula need not either.</param>
internal sealed record PolicyIdle(PolicyId Policy, long Asked, bool IsForgotten);

/// <summary>From a policy to its Ursula: a write failed, and I stop.</summary>
internal sealed record PolicyStopping;
