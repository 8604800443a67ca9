using NuCypher.P2P.Policy;

namespace NuCypher.P2P.Actors.Alice;

/// <summary>A piece of Alice's work that is under way.</summary>
/// <param name="Hrac">About which grant.</param>
/// <param name="Asker">Who waits for the answer.</param>
internal sealed record Errand(Hrac Hrac, IActorRef Asker);
