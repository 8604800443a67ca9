namespace NuCypher.P2P.Dht;

/// <summary>A node answered a ping.</summary>
/// <param name="Contact">The node.</param>
/// <param name="RoundTrip">From the last try that was sent to the answer.</param>
public sealed record Pong(Contact Contact, TimeSpan RoundTrip) : DhtOutcome;
