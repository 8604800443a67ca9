using NuCypher.P2P.Policy;

namespace NuCypher.P2P.Actors.Ursula;

/// <summary>From a policy to its Ursula: I may leave memory.</summary>
/// <param name="Policy">Which.</param>
/// <param name="Asked">The number of the last message that it has seen; if Ursula sent more, it stays.</param>
/// <param name="IsForgotten">Whether the journal knows nothing of it any more, so that Ursula need not either.</param>
internal sealed record PolicyIdle(PolicyId Policy, long Asked, bool IsForgotten);
