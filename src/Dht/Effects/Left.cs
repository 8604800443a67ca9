namespace NuCypher.P2P.Dht;

/// <summary>The node left: it keeps its table and values, but asks nobody until it joins again.</summary>
public sealed record Left : DhtOutcome;
