using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Actors.Network;

/// <summary>What a node keeps for others.</summary>
/// <param name="Records">In no order; <see cref="RecordList"/> makes them a file.</param>
public sealed record HeldRecords(IReadOnlyList<HeldRecord> Records);
