using NuCypher.P2P.Policy.Rules;
using NuCypher.P2P.Policy.Ursula;

namespace NuCypher.P2P.Actors.Facts;

/// <summary>
/// From Ursula: find out what a request needs. Comes back as <see cref="ServeWithFacts"/>, sent by who asked her,
/// within the time limit.
/// </summary>
/// <param name="Questions">What to find out.</param>
/// <param name="Request">For which request.</param>
/// <param name="Asker">Who is waiting for her answer.</param>
public sealed record GatherFacts(IReadOnlyList<JsonFact> Questions, UrsulaRequest Request, IActorRef Asker);

/// <summary>To Ursula, in the name of who asked her: the request once more, with what was found out.</summary>
/// <param name="Request">The request.</param>
/// <param name="Facts">What is known; the rest is not.</param>
public sealed record ServeWithFacts(UrsulaRequest Request, KnownFacts Facts);
