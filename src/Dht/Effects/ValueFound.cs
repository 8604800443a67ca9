namespace NuCypher.P2P.Dht;

/// <summary>A plain value was found; nobody signed it.</summary>
/// <param name="Value">The one that most nodes gave; of equally frequent ones the first.</param>
/// <param name="Answers">How many nodes gave it, this node counted.</param>
public sealed record ValueFound(PlainValue Value, int Answers) : DhtOutcome;
