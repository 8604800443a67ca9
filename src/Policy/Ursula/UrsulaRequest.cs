using System.Diagnostics.CodeAnalysis;
using NuCypher.P2P.Policy.Messages;
using NuCypher.P2P.Policy.Wire;

namespace NuCypher.P2P.Policy.Ursula;

/// <summary>A request to an Ursula, read but not verified: enough for finding the policy that it is about.</summary>
public sealed class UrsulaRequest
{
    private UrsulaRequest(UrsulaOperation operation, PolicyId policy, Digest hash, object message)
    {
        Operation = operation;
        Policy = policy;
        Hash = hash;
        Message = message;
    }

    /// <summary>What is asked for.</summary>
    public UrsulaOperation Operation { get; }

    /// <summary>About which policy.</summary>
    public PolicyId Policy { get; }

    /// <summary>The hash of the whole request, which answers refer to.</summary>
    public Digest Hash { get; }

    /// <summary>A <see cref="SignedMessage{TBody}"/> of the operation's kind.</summary>
    internal object Message { get; }

    /// <summary>Reads a request's body; says why not. Never throws.</summary>
    public static bool TryRead(
        UrsulaOperation operation, ReadOnlySpan<byte> body, [NotNullWhen(true)] out UrsulaRequest? request,
        out DecodeRefusal refusal)
    {
        request = operation switch
        {
            UrsulaOperation.ProposeArrangement =>
                Read<ArrangementProposal>(operation, body, out refusal, c => PolicyId.Of(c.Alice, c.Name)),
            UrsulaOperation.DepositKeyFrag =>
                Read<KeyFragDeposit>(operation, body, out refusal, c => PolicyId.Of(c.Alice, c.Name)),
            UrsulaOperation.Reencrypt => Read<ReencryptionRequest>(operation, body, out refusal, c => c.Policy),
            UrsulaOperation.Renew => Read<RenewalOrder>(operation, body, out refusal, c => PolicyId.Of(c.Alice, c.Name)),
            UrsulaOperation.Revoke => Read<RevocationOrder>(operation, body, out refusal, c => PolicyId.Of(c.Alice, c.Name)),
            _ => throw new ArgumentOutOfRangeException(nameof(operation)),
        };
        return request is not null;
    }

    private static UrsulaRequest? Read<TBody>(
        UrsulaOperation operation, ReadOnlySpan<byte> body, out DecodeRefusal refusal, Func<TBody, PolicyId> policyOf)
        where TBody : class, IProtocolBody<TBody> =>
        SignedMessage.TryRead<TBody>(body, out var message, out refusal)
            ? new UrsulaRequest(operation, policyOf(message.Claims), message.Hash, message)
            : null;
}
