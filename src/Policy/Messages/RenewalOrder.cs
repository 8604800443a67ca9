using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy.Wire;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Policy.Messages;

/// <summary>Alice to Ursula: serve the policy in this time instead. Signed by Alice.</summary>
/// <param name="Alice">Alice's verifying key; signs the order.</param>
/// <param name="Hrac">The policy's name.</param>
/// <param name="Ursula">To whom it is addressed.</param>
/// <param name="Version">Higher than that of every earlier order.</param>
/// <param name="Validity">The new time.</param>
public sealed record RenewalOrder(
    VerifyingKey Alice, Hrac Hrac, NodeId Ursula, PolicyVersion Version, Validity Validity)
    : IProtocolBody<RenewalOrder>
{
    /// <inheritdoc/>
    public static ProtocolHeader Header { get; } = ProtocolHeader.Of("PoRn");

    /// <inheritdoc/>
    public static RenewalOrder? Read(ref FieldReader reader)
    {
        var alice = reader.VerifyingKey();
        var (hrac, ursula) = (new Hrac(reader.Digest()), reader.NodeId());
        var (version, validity) = (reader.Version(), reader.Validity());
        return alice is null ? null : new(alice, hrac, ursula, version, validity);
    }

    /// <inheritdoc/>
    public void Write(FieldWriter writer) =>
        writer.Key(Alice).Digest(Hrac.Value).NodeId(Ursula).Version(Version).Validity(Validity);
}
