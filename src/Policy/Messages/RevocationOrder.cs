using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy.Wire;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Policy.Messages;

/// <summary>Alice to Ursula: stop serving the policy and delete its kfrag. Signed by Alice.</summary>
/// <param name="Alice">Alice's verifying key; signs the order.</param>
/// <param name="Hrac">The policy's name.</param>
/// <param name="Ursula">To whom it is addressed.</param>
/// <param name="Version">Higher than that of every earlier order.</param>
public sealed record RevocationOrder(VerifyingKey Alice, Hrac Hrac, NodeId Ursula, PolicyVersion Version)
    : IProtocolBody<RevocationOrder>
{
    /// <inheritdoc/>
    public static ProtocolHeader Header { get; } = ProtocolHeader.Of("PoRv");

    /// <inheritdoc/>
    public static RevocationOrder? Read(ref FieldReader reader)
    {
        var alice = reader.VerifyingKey();
        var (hrac, ursula, version) = (new Hrac(reader.Digest()), reader.NodeId(), reader.Version());
        return alice is null ? null : new(alice, hrac, ursula, version);
    }

    /// <inheritdoc/>
    public void Write(FieldWriter writer) => writer.Key(Alice).Digest(Hrac.Value).NodeId(Ursula).Version(Version);
}
