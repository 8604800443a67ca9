namespace NuCypher.P2P.Actors.Network;

/// <summary>To a <see cref="KademliaActor"/>: tell <see cref="Peers"/> to the sender.</summary>
/// <param name="MaxContacts">At most so many contacts; they are the first by id.</param>
public sealed record GetPeers(int MaxContacts = int.MaxValue);
