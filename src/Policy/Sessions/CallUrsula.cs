using NuCypher.P2P.Policy.Messages;
using NuCypher.P2P.Policy.Records;

namespace NuCypher.P2P.Policy.Sessions;

/// <summary>Send this to an Ursula's service and bring the answer back, at the latest a time-out at the limit.</summary>
/// <param name="CallId">Unique in its session; the answer repeats it.</param>
/// <param name="Target">Whom and where.</param>
/// <param name="Operation">Which path of the service.</param>
/// <param name="Body">A signed protocol object.</param>
/// <param name="TimeLimit">How long to wait.</param>
public sealed record CallUrsula(
    long CallId, ServiceTarget Target, UrsulaOperation Operation, ReadOnlyMemory<byte> Body, TimeSpan TimeLimit) : SessionEffect;
