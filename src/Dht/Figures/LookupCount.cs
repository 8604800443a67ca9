namespace NuCypher.P2P.Dht;

/// <summary>Lookups of one kind since the start.</summary>
/// <param name="Kind">What they were for.</param>
/// <param name="Ended">How many ended.</param>
/// <param name="Requests">How many requests they sent, all together.</param>
/// <param name="Hops">How far they went from the own table, all together: 1 for each that asked only whom it
/// knew.</param>
public sealed record LookupCount(LookupKind Kind, long Ended, long Requests, long Hops);
