namespace NuCypher.P2P.Dht;

/// <summary>Calls <see cref="KademliaNode.Expire"/> after a delay; a timer started later takes the place of this one.</summary>
/// <param name="TimerId">What to pass then; higher than every one before.</param>
/// <param name="Delay">From now; zero or more.</param>
public sealed record StartTimer(long TimerId, TimeSpan Delay) : DhtEffect;
