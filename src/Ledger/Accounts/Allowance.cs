using NuCypher.P2P.Dht;
using NuCypher.P2P.Ledger.Merkle;
using NuCypher.P2P.Ledger.Wire;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Wire;

namespace NuCypher.P2P.Ledger.Accounts;

/// <summary>How much of an owner's balance somebody else may spend.</summary>
/// <param name="Amount">Units; more than none.</param>
public sealed record Allowance(UInt128 Amount) : IMerkleValue
{
    /// <inheritdoc/>
    public void Write(FieldWriter writer) => writer.Amount(Amount);

    /// <summary>Under which key it is kept.</summary>
    public static Digest KeyOf(NodeId owner, NodeId spender) =>
        DomainHash.Compute(LedgerTags.Allowance, owner.ToBytes(), spender.ToBytes());
}
