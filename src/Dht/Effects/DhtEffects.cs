namespace NuCypher.P2P.Dht;

/// <summary>What the host of a <see cref="KademliaNode"/> is to do, in the order given.</summary>
public abstract record DhtEffect;

/// <summary>Sends a datagram.</summary>
/// <param name="To">Where to.</param>
/// <param name="Datagram">The whole datagram.</param>
public sealed record Send(NodeAddress To, ReadOnlyMemory<byte> Datagram) : DhtEffect;

/// <summary>
/// Calls <see cref="KademliaNode.Expire"/> after a delay; a timer started later takes the place of this one.
/// </summary>
/// <param name="TimerId">What to pass then; higher than every one before.</param>
/// <param name="Delay">From now; zero or more.</param>
public sealed record StartTimer(long TimerId, TimeSpan Delay) : DhtEffect;

/// <summary>An operation is over; comes exactly once for each.</summary>
/// <param name="Id">Which one.</param>
/// <param name="Outcome">What came of it.</param>
public sealed record OperationFinished(OperationId Id, DhtOutcome Outcome) : DhtEffect;
