using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Policy.Wire;

/// <summary>A protocol object whose signature was checked, or that was signed here.</summary>
/// <typeparam name="TBody">Its fields.</typeparam>
public sealed class VerifiedMessage<TBody>
    where TBody : class, IProtocolBody<TBody>
{
    internal VerifiedMessage(TBody body, VerifyingKey signer, ReadOnlyMemory<byte> bytes)
    {
        Body = body;
        Signer = signer;
        Bytes = bytes;
    }

    /// <summary>What the signer says.</summary>
    public TBody Body { get; }

    /// <summary>Who says it.</summary>
    public VerifyingKey Signer { get; }

    /// <summary>The whole object, ready to be sent or kept.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The hash over the whole object, signature included: what an answer refers to.</summary>
    public Digest Hash => DomainHash.Compute(DomainTags.RequestHash, Bytes.Span);
}
