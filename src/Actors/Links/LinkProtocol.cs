using NuCypher.P2P.Policy.Services;

namespace NuCypher.P2P.Actors.Links;

/// <summary>
/// To the link actor: send these bytes to a node's service; a <see cref="ServiceAnswer"/> always comes back.
/// </summary>
/// <param name="CallId">Chosen by the caller; the answer repeats it.</param>
/// <param name="Target">The node.</param>
/// <param name="Kind">The path.</param>
/// <param name="Body">The encoded protocol object; not changed afterwards by the sender.</param>
/// <param name="TimeLimit">From now until <see cref="ServiceStatus.TimedOut"/>.</param>
public sealed record ServiceCall(
    long CallId, ServiceAddress Target, ServiceKind Kind, ReadOnlyMemory<byte> Body, TimeSpan TimeLimit);

/// <summary>From the link actor: how a <see cref="ServiceCall"/> ended; exactly one for each call.</summary>
/// <param name="CallId">The call's number.</param>
/// <param name="Status">How it ended.</param>
/// <param name="Body">The reply's bytes, unverified; empty unless the status is <c>Ok</c> or <c>Refused</c>.</param>
public sealed record ServiceAnswer(long CallId, ServiceStatus Status, ReadOnlyMemory<byte> Body)
{
    /// <summary>
    /// When the other side wants to be asked again, having done nothing; null unless it is <c>RateLimited</c> or
    /// <c>Busy</c> and said so.
    /// </summary>
    public TimeSpan? RetryAfter { get; init; }
}
