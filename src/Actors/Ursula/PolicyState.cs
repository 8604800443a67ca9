using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Ursula;

namespace NuCypher.P2P.Actors.Ursula;

/// <summary>From a policy to its Ursula: where it is in its life, after a recovery and after each change.</summary>
/// <param name="Policy">Which.</param>
/// <param name="Stage">Where it is.</param>
/// <param name="WakeAt">When it must be woken; null: never.</param>
internal sealed record PolicyState(PolicyId Policy, PolicyStage Stage, DateTimeOffset? WakeAt);
