namespace NuCypher.P2P.Dht;

/// <summary>Contacts of the table at one distance.</summary>
/// <param name="SharedBits">Leading bits that their ids have in common with this node's.</param>
/// <param name="Healthy">Those that answered their last request.</param>
/// <param name="Doubted">The others.</param>
public sealed record BucketCount(int SharedBits, int Healthy, int Doubted);
