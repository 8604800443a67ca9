using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy.Rules;
using NuCypher.P2P.Policy.Wire;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Policy.Messages;

/// <summary>Alice to Ursula: serve the policy in this time instead. Signed by Alice.</summary>
/// <param name="Alice">Alice's verifying key; signs the order.</param>
/// <param name="Name">The policy's name: the hash of the hrac.</param>
/// <param name="Ursula">To whom it is addressed.</param>
/// <param name="Version">Higher than that of every earlier order.</param>
/// <param name="Validity">The new time.</param>
public sealed record RenewalOrder(
    VerifyingKey Alice, PolicyName Name, NodeId Ursula, PolicyVersion Version, Validity Validity)
    : IProtocolBody<RenewalOrder>
{
    /// <inheritdoc/>
    public static ProtocolHeader Header { get; } = ProtocolHeader.Of("PoRn", 3);

    /// <summary>The rules from now on: <see cref="PolicyRules"/>; empty: none.</summary>
    public ReadOnlyMemory<byte> Rules { get; init; }

    /// <inheritdoc/>
    public static RenewalOrder? Read(ref FieldReader reader)
    {
        var alice = reader.VerifyingKey();
        var (name, ursula) = (new PolicyName(reader.Digest()), reader.NodeId());
        var (version, validity) = (reader.Version(), reader.Validity());
        var rules = reader.Prefixed(PolicyRules.MaxSize).ToArray();
        return alice is null ? null : new(alice, name, ursula, version, validity) { Rules = rules };
    }

    /// <inheritdoc/>
    public void Write(FieldWriter writer) =>
        writer.Key(Alice).Digest(Name.Value).NodeId(Ursula).Version(Version).Validity(Validity).Prefixed(Rules.Span);
}
