using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy.Wire;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Policy.Messages;

/// <summary>Ursula to Bob: the re-encrypted capsules, with proofs. Signed by Ursula.</summary>
/// <param name="Request">The hash of the request, signature included.</param>
/// <param name="Ursula">Who answers.</param>
/// <param name="Terms">What the deposit that she serves from says: <see cref="KeyFragDeposit.Terms"/>.</param>
/// <param name="PolicyKey">What she re-encrypts from, as Alice told her.</param>
/// <param name="CapsuleFrags">One per capsule, in the request's order, 381 bytes each; neither read nor verified yet.
/// Empty, on the wire zeros, where the request had no capsule.</param>
public sealed record ReencryptionResponse(
    Digest Request, NodeId Ursula, Digest Terms, PublicKey PolicyKey, IReadOnlyList<ReadOnlyMemory<byte>> CapsuleFrags)
    : IProtocolBody<ReencryptionResponse>, IUrsulaAnswer
{
    /// <inheritdoc/>
    public static ProtocolHeader Header { get; } = ProtocolHeader.Of("ReRs", 2);

    /// <inheritdoc/>
    public static ReencryptionResponse? Read(ref FieldReader reader)
    {
        var (request, ursula, terms, policyKey) =
            (reader.Digest(), reader.NodeId(), reader.Digest(), reader.PublicKey());
        var cfrags = new ReadOnlyMemory<byte>[reader.Count(1, ReencryptionRequest.MaxCapsules)];
        for (var i = 0; i < cfrags.Length; i++)
        {
            var cfrag = reader.Bytes(CapsuleFrag.Size);
            cfrags[i] = cfrag.ContainsAnyExcept((byte)0) ? cfrag.ToArray() : default;
        }

        return policyKey is null ? null : new(request, ursula, terms, policyKey, cfrags);
    }

    /// <inheritdoc/>
    public void Write(FieldWriter writer)
    {
        writer.Digest(Request).NodeId(Ursula).Digest(Terms).Key(PolicyKey).Count(CapsuleFrags.Count);
        foreach (var cfrag in CapsuleFrags)
            writer.Bytes(cfrag.IsEmpty ? new byte[CapsuleFrag.Size] : cfrag.Span);
    }
}
