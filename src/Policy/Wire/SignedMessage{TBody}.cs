using System.Diagnostics.CodeAnalysis;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Policy.Wire;

/// <summary>A signed protocol object that was read but not verified: it may come from anybody.</summary>
/// <typeparam name="TBody">Its fields.</typeparam>
public sealed class SignedMessage<TBody>
    where TBody : class, IProtocolBody<TBody>
{
    private readonly Signature _signature;

    internal SignedMessage(TBody claims, Signature signature, byte[] bytes)
    {
        Claims = claims;
        _signature = signature;
        Bytes = bytes;
    }

    /// <summary>What the object says: good for finding the key to verify it with, for nothing else.</summary>
    public TBody Claims { get; }

    /// <summary>The whole object as it came.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The hash over the whole object, signature included: what an answer refers to.</summary>
    public Digest Hash => DomainHash.Compute(DomainTags.RequestHash, Bytes.Span);

    /// <summary>Checks the signature over every byte before it.</summary>
    public bool Verify(VerifyingKey signer, [NotNullWhen(true)] out VerifiedMessage<TBody>? verified)
    {
        var authentic = signer.Verify(SignedMessage.SignedPart(Bytes.Span[..^Signature.Size]), _signature);
        verified = authentic ? new VerifiedMessage<TBody>(Claims, signer, Bytes) : null;
        return authentic;
    }
}
