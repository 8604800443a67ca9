using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Actors.Kademlia;

/// <summary>Find a plain, unsigned value; outcome <see cref="ValueFound"/>.</summary>
/// <param name="Key">SHA-1 of the application's key, as plain peers compute it.</param>
public sealed record FindPlainValue(NodeId Key) : DhtRequest;
