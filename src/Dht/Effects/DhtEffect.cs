namespace NuCypher.P2P.Dht;

/// <summary>What the host of a <see cref="KademliaNode"/> is to do, in the order given.</summary>
public abstract record DhtEffect;
