using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy.Wire;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Policy.Messages;

/// <summary>Alice to Ursula: stop serving the policy and delete its kfrag. Signed by Alice.</summary>
/// <param name="Alice">Alice's verifying key; signs the order.</param>
/// <param name="Name">The policy's name: the hash of the hrac.</param>
/// <param name="Ursula">To whom it is addressed.</param>
/// <param name="Version">Higher than that of every earlier order.</param>
public sealed record RevocationOrder(VerifyingKey Alice, PolicyName Name, NodeId Ursula, PolicyVersion Version)
    : IProtocolBody<RevocationOrder>
{
    /// <inheritdoc/>
    public static ProtocolHeader Header { get; } = ProtocolHeader.Of("PoRv", 2);

    /// <inheritdoc/>
    public static RevocationOrder? Read(ref FieldReader reader)
    {
        var alice = reader.VerifyingKey();
        var (name, ursula, version) = (new PolicyName(reader.Digest()), reader.NodeId(), reader.Version());
        return alice is null ? null : new(alice, name, ursula, version);
    }

    /// <inheritdoc/>
    public void Write(FieldWriter writer) => writer.Key(Alice).Digest(Name.Value).NodeId(Ursula).Version(Version);
}
