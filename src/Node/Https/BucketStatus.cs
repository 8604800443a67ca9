namespace NuCypher.P2P.Node.Https;

/// <summary>Contacts of the table at one distance.</summary>
/// <param name="SharedBits">Leading bits that their ids have in common with the node's.</param>
/// <param name="Healthy">Those that answered their last request.</param>
/// <param name="Doubted">The others.</param>
internal sealed record BucketStatus(int SharedBits, int Healthy, int Doubted);
