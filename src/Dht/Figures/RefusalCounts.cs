namespace NuCypher.P2P.Dht;

/// <summary>What was refused since the start, by reason.</summary>
/// <param name="Malformed">Datagrams that are no request and no response.</param>
/// <param name="Unawaited">Responses that nobody waited for.</param>
/// <param name="RateLimited">Requests of sources that made too many.</param>
/// <param name="Stores">Requests to store what is not valid, or has no place.</param>
public sealed record RefusalCounts(long Malformed, long Unawaited, long RateLimited, long Stores);
