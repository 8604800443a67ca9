namespace NuCypher.P2P.Actors.Kademlia;

/// <summary>Something that the node's Kademlia actor is asked to do; answered once, with a <see cref="DhtReply"/>.</summary>
public abstract record DhtRequest;
