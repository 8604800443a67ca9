using NuCypher.P2P.Policy.Services;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Policy.Mediation;

/// <summary>A call as the Ursula opened it: it may come from anybody.</summary>
/// <param name="Kind">What is asked.</param>
/// <param name="Body">The protocol object, unchecked.</param>
/// <param name="ReplyKey">The reply is sealed to it.</param>
/// <param name="Hash">Of the sealed request: the reply is sealed to it too.</param>
public sealed record OpenedCall(ServiceKind Kind, ReadOnlyMemory<byte> Body, PublicKey ReplyKey, Digest Hash);
