namespace NuCypher.P2P.Actors.Services;

/// <summary>From the link actor: how a <see cref="ServiceCall"/> ended; exactly one for each call.</summary>
/// <param name="CallId">The call's number.</param>
/// <param name="Status">How it ended.</param>
/// <param name="Body">The reply's bytes, unverified; empty unless the status is <c>Ok</c> or <c>Refused</c>.</param>
public sealed record ServiceAnswer(long CallId, ServiceStatus Status, ReadOnlyMemory<byte> Body);
