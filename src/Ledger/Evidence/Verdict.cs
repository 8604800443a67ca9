using NuCypher.P2P.Dht;
using NuCypher.P2P.Ledger.Wire;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Wire;

namespace NuCypher.P2P.Ledger.Evidence;

/// <summary>What a judge says of evidence.</summary>
/// <param name="Reason"><see cref="VerdictReason.None"/> if it convicts.</param>
/// <param name="Kind">Of what.</param>
/// <param name="Node">Whom.</param>
/// <param name="Request">The request that was answered.</param>
public readonly record struct Verdict(VerdictReason Reason, EvidenceKind Kind, NodeId Node, Digest Request)
{
    /// <summary>Whether it convicts.</summary>
    public bool IsGuilty => Reason == VerdictReason.None;

    /// <summary>What is judged only once: kind, node and request.</summary>
    public Digest Case =>
        DomainHash.Compute(LedgerTags.Case, [(byte)Kind], Node.ToBytes(), Request.ToBytes());
}
