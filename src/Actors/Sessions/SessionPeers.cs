namespace NuCypher.P2P.Actors.Sessions;

/// <summary>Whom sessions talk to.</summary>
/// <param name="Kademlia">Publishes and finds records.</param>
/// <param name="Scout">Finds Ursulas.</param>
/// <param name="Link">Carries calls to Ursulas.</param>
public sealed record SessionPeers(IActorRef Kademlia, IActorRef Scout, IActorRef Link);
