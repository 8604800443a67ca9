namespace NuCypher.P2P.Actors.Kademlia;

/// <summary>Asks for the <see cref="SwarmState"/>.</summary>
public sealed record GetSwarmState;
