using NuCypher.P2P.Dht;
using NuCypher.P2P.Ledger.Evidence;
using NuCypher.P2P.Ledger.Health;
using NuCypher.P2P.Ledger.Policies;
using NuCypher.P2P.Ledger.Wire;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Wire;

namespace NuCypher.P2P.Ledger.Transactions;

/// <summary>What a transaction does, without who asks for it. Amounts are in units.</summary>
public abstract record LedgerOperation
{
    /// <summary>Its number on the wire.</summary>
    public abstract OperationKind Kind { get; }

    internal abstract void Write(FieldWriter writer);

    internal static LedgerOperation? Read(OperationKind kind, ref FieldReader reader) => kind switch
    {
        OperationKind.Transfer => new Transfer(reader.NodeId(), reader.Amount()),
        OperationKind.Approve => new Approve(reader.NodeId(), reader.Amount(), reader.Amount()),
        OperationKind.TransferFrom => new TransferFrom(reader.NodeId(), reader.NodeId(), reader.Amount()),
        OperationKind.Stake => new Stake(reader.Amount(), reader.Number()),
        OperationKind.Split => new Split(reader.Byte(), reader.Amount()),
        OperationKind.Prolong => new Prolong(reader.Byte(), reader.Number()),
        OperationKind.Withdraw => new Withdraw(reader.Byte()),
        OperationKind.ConfirmActivity => new ConfirmActivity(),
        OperationKind.CreatePolicy => CreatePolicy.ReadFields(ref reader),
        OperationKind.RevokePolicy => new RevokePolicy(reader.Digest()),
        OperationKind.RevokeArrangement => new RevokeArrangement(reader.Digest(), reader.NodeId()),
        OperationKind.CollectRewards => new CollectRewards(),
        OperationKind.CollectFees => new CollectFees(reader.Digest()),
        OperationKind.PostReceipts => new PostReceipts(reader.Number(), reader.Digest(), reader.FourByteNumber()),
        OperationKind.SubmitEvidence => new SubmitEvidence(reader.Prefixed(Judge.MaxSize).ToArray()),
        OperationKind.CommitSecret => new CommitSecret(reader.Number(), reader.Digest()),
        OperationKind.RevealSecret =>
            new RevealSecret(reader.Number(), reader.Bytes(HealthCommitment.SecretSize).ToArray()),
        OperationKind.CommitVote => new CommitVote(reader.Number(), reader.NodeId(), reader.Digest()),
        OperationKind.RevealVote => RevealVote.ReadFields(ref reader),
        _ => null,
    };
}

/// <summary>Pays.</summary>
/// <param name="To">Whom.</param>
/// <param name="Amount">How much.</param>
public sealed record Transfer(NodeId To, UInt128 Amount) : LedgerOperation
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.Transfer;

    internal override void Write(FieldWriter writer) => writer.NodeId(To).Amount(Amount);
}

/// <summary>
/// Lets somebody else spend; names what he was allowed before, so that he can't spend both the old and the new sum.
/// </summary>
/// <param name="Spender">Who may.</param>
/// <param name="From">What he may spend now.</param>
/// <param name="To">What he may spend then.</param>
public sealed record Approve(NodeId Spender, UInt128 From, UInt128 To) : LedgerOperation
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.Approve;

    internal override void Write(FieldWriter writer) => writer.NodeId(Spender).Amount(From).Amount(To);
}

/// <summary>Pays with somebody else's money, as he allowed.</summary>
/// <param name="Owner">Whose.</param>
/// <param name="To">Whom.</param>
/// <param name="Amount">How much.</param>
public sealed record TransferFrom(NodeId Owner, NodeId To, UInt128 Amount) : LedgerOperation
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.TransferFrom;

    internal override void Write(FieldWriter writer) => writer.NodeId(Owner).NodeId(To).Amount(Amount);
}

/// <summary>Puts up collateral, from the next period on.</summary>
/// <param name="Amount">How much.</param>
/// <param name="Unlock">The period from which on it can be withdrawn.</param>
public sealed record Stake(UInt128 Amount, ulong Unlock) : LedgerOperation
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.Stake;

    internal override void Write(FieldWriter writer) => writer.Amount(Amount).Number(Unlock);
}

/// <summary>Makes two parts of one part of a stake.</summary>
/// <param name="Part">Its place.</param>
/// <param name="Amount">How much goes to the new part, which comes last.</param>
public sealed record Split(byte Part, UInt128 Amount) : LedgerOperation
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.Split;

    internal override void Write(FieldWriter writer) => writer.Byte(Part).Amount(Amount);
}

/// <summary>Locks a part of a stake for longer.</summary>
/// <param name="Part">Its place.</param>
/// <param name="Unlock">Later than now said.</param>
public sealed record Prolong(byte Part, ulong Unlock) : LedgerOperation
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.Prolong;

    internal override void Write(FieldWriter writer) => writer.Byte(Part).Number(Unlock);
}

/// <summary>Takes back a part of a stake that is no longer locked.</summary>
/// <param name="Part">Its place.</param>
public sealed record Withdraw(byte Part) : LedgerOperation
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.Withdraw;

    internal override void Write(FieldWriter writer) => writer.Byte(Part);
}

/// <summary>Says that the sender serves in the next period.</summary>
public sealed record ConfirmActivity : LedgerOperation
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.ConfirmActivity;

    internal override void Write(FieldWriter writer)
    {
    }
}

/// <summary>Pays for a policy, from the next period on; the deposit is n · (first + rate · periods).</summary>
/// <param name="Policy">As Ursulas name it.</param>
/// <param name="Owner">Who may end it besides the sender.</param>
/// <param name="Role">As what the sender pays.</param>
/// <param name="Rate">For a node and period.</param>
/// <param name="First">For a node and the time before the first period.</param>
/// <param name="Periods">How many.</param>
/// <param name="Nodes">Who serves; 1 to 32, all different.</param>
public sealed record CreatePolicy(
    PolicyId Policy, NodeId Owner, Payer Role, UInt128 Rate, UInt128 First, uint Periods, IReadOnlyList<NodeId> Nodes)
    : LedgerOperation
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.CreatePolicy;

    internal static CreatePolicy? ReadFields(ref FieldReader reader)
    {
        var (policy, owner, role) = (new PolicyId(reader.Digest()), reader.NodeId(), (Payer)reader.Byte());
        var (rate, first, periods) = (reader.Amount(), reader.Amount(), reader.FourByteNumber());
        var nodes = new NodeId[reader.Count(1, Deal.MaxNodes)];
        for (var i = 0; i < nodes.Length; i++)
            nodes[i] = reader.NodeId();
        return Enum.IsDefined(role) && nodes.Distinct().Count() == nodes.Length
            ? new(policy, owner, role, rate, first, periods, nodes)
            : null;
    }

    internal override void Write(FieldWriter writer)
    {
        writer.Digest(Policy.Value).NodeId(Owner).Byte((byte)Role).Amount(Rate).Amount(First).FourByteNumber(Periods);
        writer.Count(Nodes.Count);
        foreach (var node in Nodes)
            writer.NodeId(node);
    }
}

/// <summary>Ends a deal: nodes get what they earned, the payer the rest.</summary>
/// <param name="Deal">Its key: <see cref="Deal.KeyOf"/>.</param>
public sealed record RevokePolicy(Digest Deal) : LedgerOperation
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.RevokePolicy;

    internal override void Write(FieldWriter writer) => writer.Digest(Deal);
}

/// <summary>Ends one node's part of a deal.</summary>
/// <param name="Deal">Its key.</param>
/// <param name="Node">Which node.</param>
public sealed record RevokeArrangement(Digest Deal, NodeId Node) : LedgerOperation
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.RevokeArrangement;

    internal override void Write(FieldWriter writer) => writer.Digest(Deal).NodeId(Node);
}

/// <summary>Moves what was minted for the sender to its balance.</summary>
public sealed record CollectRewards : LedgerOperation
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.CollectRewards;

    internal override void Write(FieldWriter writer)
    {
    }
}

/// <summary>Settles the sender's part of a deal up to now.</summary>
/// <param name="Deal">Its key.</param>
public sealed record CollectFees(Digest Deal) : LedgerOperation
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.CollectFees;

    internal override void Write(FieldWriter writer) => writer.Digest(Deal);
}

/// <summary>Publishes what the sender did in a period that is over: the root of its tree of receipts.</summary>
/// <param name="Period">Which period.</param>
/// <param name="Root">The root.</param>
/// <param name="Count">How many leaves.</param>
public sealed record PostReceipts(ulong Period, Digest Root, uint Count) : LedgerOperation
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.PostReceipts;

    internal override void Write(FieldWriter writer) => writer.Number(Period).Digest(Root).FourByteNumber(Count);
}

/// <summary>Accuses a node.</summary>
/// <param name="Evidence">As <see cref="Judge"/> reads it.</param>
public sealed record SubmitEvidence(ReadOnlyMemory<byte> Evidence) : LedgerOperation
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.SubmitEvidence;

    internal override void Write(FieldWriter writer) => writer.Prefixed(Evidence.Span);
}

/// <summary>A validator's commitment to a secret for the beacon.</summary>
/// <param name="Round">Which round.</param>
/// <param name="Commitment"><see cref="HealthCommitment.ToSecret"/>.</param>
public sealed record CommitSecret(ulong Round, Digest Commitment) : LedgerOperation
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.CommitSecret;

    internal override void Write(FieldWriter writer) => writer.Number(Round).Digest(Commitment);
}

/// <summary>The secret.</summary>
/// <param name="Round">Which round.</param>
/// <param name="Secret">32 bytes.</param>
public sealed record RevealSecret(ulong Round, ReadOnlyMemory<byte> Secret) : LedgerOperation
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.RevealSecret;

    internal override void Write(FieldWriter writer) => writer.Number(Round).Bytes(Secret.Span);
}

/// <summary>A validator's commitment to a vote.</summary>
/// <param name="Round">Which round.</param>
/// <param name="Target">On whom.</param>
/// <param name="Commitment"><see cref="HealthCommitment.ToVote"/>.</param>
public sealed record CommitVote(ulong Round, NodeId Target, Digest Commitment) : LedgerOperation
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.CommitVote;

    internal override void Write(FieldWriter writer) => writer.Number(Round).NodeId(Target).Digest(Commitment);
}

/// <summary>The vote.</summary>
/// <param name="Round">Which round.</param>
/// <param name="Target">On whom.</param>
/// <param name="IsUnhealthy">What the validator found.</param>
/// <param name="Salt">16 to 64 bytes.</param>
public sealed record RevealVote(ulong Round, NodeId Target, bool IsUnhealthy, ReadOnlyMemory<byte> Salt)
    : LedgerOperation
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.RevealVote;

    internal static RevealVote? ReadFields(ref FieldReader reader)
    {
        var (round, target, word) = (reader.Number(), reader.NodeId(), reader.Byte());
        var salt = reader.Prefixed(HealthCommitment.MaxSalt).ToArray();
        return word <= 1 && salt.Length >= HealthCommitment.MinSalt ? new(round, target, word == 1, salt) : null;
    }

    internal override void Write(FieldWriter writer) =>
        writer.Number(Round).NodeId(Target).Byte(IsUnhealthy ? (byte)1 : (byte)0).Prefixed(Salt.Span);
}
