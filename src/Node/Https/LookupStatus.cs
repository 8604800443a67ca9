namespace NuCypher.P2P.Node.Https;

/// <summary>A lookup that ended.</summary>
/// <param name="Key">What was looked for, 40 hexadecimal digits.</param>
/// <param name="Kind">"nodes", "value" or "store".</param>
/// <param name="Started">When it began.</param>
/// <param name="Milliseconds">How long it took.</param>
/// <param name="Requests">How many nodes were asked.</param>
/// <param name="Answers">How many of them answered in time.</param>
/// <param name="Hops">How far it went from the own table; 1: only who was known answered.</param>
/// <param name="Values">How many gave a value.</param>
internal sealed record LookupStatus(
    string Key, string Kind, DateTimeOffset Started, double Milliseconds, int Requests, int Answers, int Hops,
    int Values);
