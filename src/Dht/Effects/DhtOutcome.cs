namespace NuCypher.P2P.Dht;

/// <summary>What came of an operation.</summary>
public abstract record DhtOutcome;
