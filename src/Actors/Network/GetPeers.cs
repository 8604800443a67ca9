namespace NuCypher.P2P.Actors.Network;

/// <summary>To a <see cref="KademliaActor"/>: tell <see cref="Peers"/> to the sender.</summary>
public sealed record GetPeers;
