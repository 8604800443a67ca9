using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy.Wire;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Policy.Messages;

/// <summary>Bob to Ursula: re-encrypt these capsules for me. Signed by the Bob that Alice named.</summary>
/// <param name="Policy">Which policy.</param>
/// <param name="Ursula">To whom it is addressed.</param>
/// <param name="KeyFragVersion">The version of the kfrags that Bob's treasure map names.</param>
/// <param name="IssuedAt">When Bob asked, by his clock.</param>
/// <param name="Nonce">Makes each request different.</param>
/// <param name="Capsules">1 to <see cref="MaxCapsules"/>, one of which is one at least; null where what stands there is
/// none: the others are served all the same.</param>
public sealed record ReencryptionRequest(
    PolicyId Policy,
    NodeId Ursula,
    PolicyVersion KeyFragVersion,
    DateTimeOffset IssuedAt,
    Nonce Nonce,
    IReadOnlyList<Capsule?> Capsules) : IProtocolBody<ReencryptionRequest>
{
    /// <summary>The most capsules in a request: each costs Ursula about a millisecond.</summary>
    public const int MaxCapsules = 16;

    /// <inheritdoc/>
    public static ProtocolHeader Header { get; } = ProtocolHeader.Of("ReRq");

    /// <inheritdoc/>
    public static ReencryptionRequest? Read(ref FieldReader reader)
    {
        var (policy, ursula) = (new PolicyId(reader.Digest()), reader.NodeId());
        var (version, issuedAt, nonce) = (reader.Version(), reader.Time(), reader.Nonce());
        var capsules = new List<Capsule?>();
        for (var left = reader.Count(1, MaxCapsules); left > 0; left--)
        {
            Capsule.TryRead(reader.Bytes(Capsule.Size), out var capsule);
            capsules.Add(capsule);
        }

        return capsules.TrueForAll(capsule => capsule is null)
            ? null
            : new(policy, ursula, version, issuedAt, nonce, capsules);
    }

    /// <inheritdoc/>
    public void Write(FieldWriter writer)
    {
        writer.Digest(Policy.Value).NodeId(Ursula).Version(KeyFragVersion).Time(IssuedAt).Nonce(Nonce);
        writer.Count(Capsules.Count);
        foreach (var capsule in Capsules)
            writer.Bytes(capsule?.ToBytes() ?? new byte[Capsule.Size]);
    }
}
