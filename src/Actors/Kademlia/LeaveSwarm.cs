namespace NuCypher.P2P.Actors.Kademlia;

/// <summary>Ask nobody any more; outcome <see cref="Dht.Left"/>.</summary>
public sealed record LeaveSwarm : DhtRequest;
