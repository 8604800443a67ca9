namespace NuCypher.P2P.Actors.Network;

/// <summary>To Kademlia: tell the sender <see cref="SwarmForgotten"/> after each of its failures.</summary>
public sealed record WatchSwarm;
