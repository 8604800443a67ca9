namespace NuCypher.P2P.Dht;

/// <summary>A record was found.</summary>
/// <param name="Record">The newest of those that were given.</param>
/// <param name="Answers">How many nodes gave a valid record under the key, this node counted.</param>
public sealed record RecordFound(VerifiedRecord Record, int Answers) : DhtOutcome;
