using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Actors.Network;

/// <summary>To a <see cref="KademliaActor"/>: keep these records, as far as they are still valid. Not answered.</summary>
/// <param name="Records">What the node kept before it stopped.</param>
public sealed record RestoreRecords(IReadOnlyList<HeldRecord> Records);
