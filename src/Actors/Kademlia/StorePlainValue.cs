using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Actors.Kademlia;

/// <summary>Store a plain, unsigned value at the nodes nearest to a key; outcome <see cref="Stored"/>.</summary>
/// <param name="Key">SHA-1 of the application's key.</param>
/// <param name="Value">What to store.</param>
public sealed record StorePlainValue(NodeId Key, PlainValue Value) : DhtRequest;
