namespace NuCypher.P2P.ActorRuntime;

/// <summary>A watched actor has stopped. Arrives exactly once, after the last message of the dead one.</summary>
/// <param name="ActorRef">The dead actor.</param>
public sealed record Terminated(IActorRef ActorRef);
