namespace NuCypher.P2P.Actors.Network;

/// <summary>From Kademlia to who watches the swarm: a failure made it forget whom it knows and what it publishes. Join and publish again.</summary>
public sealed record SwarmForgotten;
