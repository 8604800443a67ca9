using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy.Wire;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Policy.Messages;

/// <summary>Alice to Ursula: will you hold a kfrag for this policy and this time? Signed by Alice.</summary>
/// <param name="Alice">Alice's verifying key; signs the proposal.</param>
/// <param name="Name">The policy's name: the hash of the hrac.</param>
/// <param name="Ursula">To whom it is addressed.</param>
/// <param name="Version">The order of Alice's words.</param>
/// <param name="IssuedAt">When she asked, by her clock: an old proposal must not start anew what was forgotten.</param>
/// <param name="Validity">The time that the policy shall be served in.</param>
public sealed record ArrangementProposal(
    VerifyingKey Alice, PolicyName Name, NodeId Ursula, PolicyVersion Version, DateTimeOffset IssuedAt,
    Validity Validity)
    : IProtocolBody<ArrangementProposal>
{
    /// <inheritdoc/>
    public static ProtocolHeader Header { get; } = ProtocolHeader.Of("ArPr", 2);

    /// <inheritdoc/>
    public static ArrangementProposal? Read(ref FieldReader reader)
    {
        var alice = reader.VerifyingKey();
        var (name, ursula) = (new PolicyName(reader.Digest()), reader.NodeId());
        var (version, issuedAt, validity) = (reader.Version(), reader.Time(), reader.Validity());
        return alice is null ? null : new(alice, name, ursula, version, issuedAt, validity);
    }

    /// <inheritdoc/>
    public void Write(FieldWriter writer) =>
        writer.Key(Alice).Digest(Name.Value).NodeId(Ursula).Version(Version).Time(IssuedAt).Validity(Validity);
}
