using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy.Records;
using NuCypher.P2P.Policy.Services;

namespace NuCypher.P2P.Policy.Sessions;

/// <summary>What a session wants to happen; carried out by whoever hosts it.</summary>
public abstract record SessionEffect;

/// <summary>
/// Look for Ursulas that could hold kfrags and report them, those already reported may be among them.
/// </summary>
/// <param name="Count">About how many are wanted.</param>
public sealed record FindCandidates(int Count) : SessionEffect;

/// <summary>Look up this node's record and report its service, or null if there is none.</summary>
/// <param name="Ursula">Her node id.</param>
public sealed record FindUrsula(NodeId Ursula) : SessionEffect;

/// <summary>
/// Send this to an Ursula's service and bring the answer back, at the latest a time-out at the limit.
/// </summary>
/// <param name="CallId">Unique in its session; the answer repeats it.</param>
/// <param name="Target">Whom and where.</param>
/// <param name="Kind">Which path of the service.</param>
/// <param name="Body">A signed protocol object.</param>
/// <param name="TimeLimit">How long to wait.</param>
public sealed record CallUrsula(
    long CallId, ServiceTarget Target, ServiceKind Kind, ReadOnlyMemory<byte> Body, TimeSpan TimeLimit) : SessionEffect;

/// <summary>Wake the session at this time; an earlier wish stays good.</summary>
/// <param name="Time">When.</param>
public sealed record WakeAt(DateTimeOffset Time) : SessionEffect;

/// <summary>Something came of asking an Ursula.</summary>
/// <param name="Outcome">What.</param>
public sealed record Progress(UrsulaOutcome Outcome) : SessionEffect;
