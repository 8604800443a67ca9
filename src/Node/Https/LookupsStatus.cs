namespace NuCypher.P2P.Node.Https;

/// <summary>Lookups of one kind since the start.</summary>
/// <param name="Kind">"nodes", "value" or "store".</param>
/// <param name="Ended">How many ended.</param>
/// <param name="Requests">Their requests, all together.</param>
/// <param name="Hops">Their hops, all together.</param>
internal sealed record LookupsStatus(string Kind, long Ended, long Requests, long Hops);
