using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy.Wire;

namespace NuCypher.P2P.Policy.Messages;

/// <summary>Ursula to Alice: I will hold a kfrag for it, if it comes in time. Signed by Ursula.</summary>
/// <param name="Proposal">The hash of the proposal, signature included.</param>
/// <param name="Ursula">Who promises.</param>
/// <param name="DepositBy">Until when the kfrag must come.</param>
public sealed record ArrangementAcceptance(Digest Proposal, NodeId Ursula, DateTimeOffset DepositBy)
    : IProtocolBody<ArrangementAcceptance>, IUrsulaAnswer
{
    Digest IUrsulaAnswer.Request => Proposal;

    /// <inheritdoc/>
    public static ProtocolHeader Header { get; } = ProtocolHeader.Of("ArAc");

    /// <inheritdoc/>
    public static ArrangementAcceptance? Read(ref FieldReader reader) =>
        new(reader.Digest(), reader.NodeId(), reader.Time());

    /// <inheritdoc/>
    public void Write(FieldWriter writer) => writer.Digest(Proposal).NodeId(Ursula).Time(DepositBy);
}
