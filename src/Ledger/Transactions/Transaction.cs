using NuCypher.P2P.Dht;
using NuCypher.P2P.Ledger.Evidence;
using NuCypher.P2P.Ledger.Wire;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Wire;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Ledger.Transactions;

/// <summary>What somebody wants of the ledger; signed by the sender.</summary>
/// <param name="Chain">Which ledger: the same words on another one are worth nothing.</param>
/// <param name="Sender">Verifies the signature; its hash is the account.</param>
/// <param name="Nonce">One more than that of the sender's last transaction.</param>
/// <param name="ValidUntil">The last height at which it may be taken.</param>
/// <param name="Operation">What to do.</param>
public sealed record Transaction(
    Digest Chain, VerifyingKey Sender, ulong Nonce, ulong ValidUntil, LedgerOperation Operation)
    : IProtocolBody<Transaction>
{
    /// <inheritdoc/>
    public static ProtocolHeader Header { get; } = ProtocolHeader.Of("LgTx");

    /// <summary>The longest transaction, in bytes: evidence about sixteen capsules.</summary>
    public static int MaxSize => Judge.MaxSize + 256;

    /// <summary>Whose account it is.</summary>
    public NodeId From => NodeId.FromVerifyingKey(Sender.ToBytes());

    /// <inheritdoc/>
    public static Transaction? Read(ref FieldReader reader)
    {
        var (chain, sender) = (reader.Digest(), reader.VerifyingKey());
        var (nonce, validUntil, kind) = (reader.Number(), reader.Number(), (OperationKind)reader.Byte());
        var operation = LedgerOperation.Read(kind, ref reader);
        return sender is null || operation is null ? null : new(chain, sender, nonce, validUntil, operation);
    }

    /// <inheritdoc/>
    public void Write(FieldWriter writer)
    {
        writer.Digest(Chain).Key(Sender).Number(Nonce).Number(ValidUntil).Byte((byte)Operation.Kind);
        Operation.Write(writer);
    }
}
