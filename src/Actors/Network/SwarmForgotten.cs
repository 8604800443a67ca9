namespace NuCypher.P2P.Actors.Network;

/// <summary>On the event stream: a failure made Kademlia forget whom it knows and what it publishes. Join and publish again.</summary>
public sealed record SwarmForgotten;
