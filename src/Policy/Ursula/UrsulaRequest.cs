using System.Diagnostics.CodeAnalysis;
using NuCypher.P2P.Policy.Messages;
using NuCypher.P2P.Policy.Services;
using NuCypher.P2P.Policy.Wire;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Policy.Ursula;

/// <summary>A request to an Ursula, read but not verified: enough for finding the policy that it is about.</summary>
public sealed class UrsulaRequest
{
    private UrsulaRequest(ServiceKind kind, PolicyId policy, Digest hash, object message, VerifyingKey? alice)
    {
        Alice = alice;
        Kind = kind;
        Policy = policy;
        Hash = hash;
        Message = message;
    }

    /// <summary>What is asked for.</summary>
    public ServiceKind Kind { get; }

    /// <summary>Who claims to be the policy's Alice; null if Bob asks.</summary>
    public VerifyingKey? Alice { get; }

    /// <summary>About which policy.</summary>
    public PolicyId Policy { get; }

    /// <summary>The hash of the whole request, which answers refer to.</summary>
    public Digest Hash { get; }

    /// <summary>A <see cref="SignedMessage{TBody}"/> of that kind.</summary>
    internal object Message { get; }

    /// <summary>Reads a request's body; says why not. Never throws.</summary>
    public static bool TryRead(
        ServiceKind kind, ReadOnlySpan<byte> body, [NotNullWhen(true)] out UrsulaRequest? request,
        out DecodeRefusal refusal)
    {
        request = kind switch
        {
            ServiceKind.ProposeArrangement =>
                Read<ArrangementProposal>(kind, body, out refusal, c => (PolicyId.Of(c.Alice, c.Name), c.Alice)),
            ServiceKind.DepositKeyFrag =>
                Read<KeyFragDeposit>(kind, body, out refusal, c => (PolicyId.Of(c.Alice, c.Name), c.Alice)),
            ServiceKind.Reencrypt => Read<ReencryptionRequest>(kind, body, out refusal, c => (c.Policy, null)),
            ServiceKind.Renew =>
                Read<RenewalOrder>(kind, body, out refusal, c => (PolicyId.Of(c.Alice, c.Name), c.Alice)),
            ServiceKind.Revoke =>
                Read<RevocationOrder>(kind, body, out refusal, c => (PolicyId.Of(c.Alice, c.Name), c.Alice)),
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
        return request is not null;
    }

    private static UrsulaRequest? Read<TBody>(
        ServiceKind kind, ReadOnlySpan<byte> body, out DecodeRefusal refusal,
        Func<TBody, (PolicyId Policy, VerifyingKey? Alice)> about)
        where TBody : class, IProtocolBody<TBody> =>
        SignedMessage.TryRead<TBody>(body, out var message, out refusal)
            ? new UrsulaRequest(kind, about(message.Claims).Policy, message.Hash, message, about(message.Claims).Alice)
            : null;
}
