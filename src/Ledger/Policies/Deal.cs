using System.Collections.Immutable;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Ledger.Merkle;
using NuCypher.P2P.Ledger.Staking;
using NuCypher.P2P.Ledger.Wire;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Wire;

namespace NuCypher.P2P.Ledger.Policies;

/// <summary>A policy that somebody pays for: fees in escrow until they are earned or given back.</summary>
/// <remarks>
/// The deposit is n · (first + rate · periods). A period that is over is the node's if she was active in it, and the
/// payer's if not. The fee for the beginning goes with the first active period; if none of the periods was, the payer
/// gets it back.
/// </remarks>
/// <param name="Policy">The policy, as Ursulas name it.</param>
/// <param name="Payer">Whose money it is.</param>
/// <param name="Owner">Who may end it besides the payer: Alice.</param>
/// <param name="Role">As what the payer pays.</param>
/// <param name="Rate">Units for a node and period.</param>
/// <param name="First">Units for a node and the time before the first period.</param>
/// <param name="Start">The first period.</param>
/// <param name="End">The period after the last.</param>
/// <param name="Nodes">Who serves and is not yet settled.</param>
public sealed record Deal(
    PolicyId Policy, NodeId Payer, NodeId Owner, Payer Role, UInt128 Rate, UInt128 First, ulong Start, ulong End,
    ImmutableArray<Engagement> Nodes) : IMerkleValue
{
    /// <summary>The most nodes of one policy.</summary>
    public const int MaxNodes = 32;

    /// <summary>The most periods that are paid for at once.</summary>
    public const int MaxPeriods = 400;

    /// <summary>Under which key it is kept: nobody can occupy another payer's.</summary>
    public Digest Key => KeyOf(Policy, Payer);

    /// <summary>What is still in escrow.</summary>
    public UInt128 Escrow => Nodes.Aggregate(UInt128.Zero, (sum, node) =>
        sum + (Rate * (End - node.SettledTo)) + (node.IsFirstPaid ? 0 : First));

    /// <summary>Under which key a deal is kept.</summary>
    public static Digest KeyOf(PolicyId policy, NodeId payer) =>
        DomainHash.Compute(LedgerTags.Deal, policy.Value.ToBytes(), payer.ToBytes());

    /// <summary>Settles the periods of a node that are over.</summary>
    /// <param name="index">Which node.</param>
    /// <param name="activity">When she was active.</param>
    /// <param name="now">The period that is not over yet.</param>
    /// <param name="settlement">What leaves the escrow.</param>
    public Deal Settle(int index, ActivityLog activity, ulong now, out Settlement settlement)
    {
        var node = Nodes[index];
        var to = Math.Clamp(now, node.SettledTo, End);
        var active = activity.CountIn(node.SettledTo, to);
        var paysFirst = !node.IsFirstPaid && active > 0;
        settlement = new(
            (Rate * active) + (paysFirst ? First : 0),
            Rate * (to - node.SettledTo - active));
        return this with
        {
            Nodes = Nodes.SetItem(index, node with { SettledTo = to, IsFirstPaid = node.IsFirstPaid || paysFirst }),
        };
    }

    /// <summary>Ends a node's part: settles what is over, and gives the rest back.</summary>
    /// <param name="index">Which node.</param>
    /// <param name="activity">When she was active.</param>
    /// <param name="now">The period that is not over yet.</param>
    /// <param name="settlement">What leaves the escrow: all of her part.</param>
    public Deal Leave(int index, ActivityLog activity, ulong now, out Settlement settlement)
    {
        var settled = Settle(index, activity, now, out var over);
        var node = settled.Nodes[index];
        var hasBegun = now > Start;
        var first = node.IsFirstPaid ? UInt128.Zero : First;
        settlement = new(
            over.Earned + (hasBegun ? 0 : first),
            over.Refunded + (Rate * (End - node.SettledTo)) + (hasBegun ? first : 0));
        return settled with { Nodes = settled.Nodes.RemoveAt(index) };
    }

    /// <inheritdoc/>
    public void Write(FieldWriter writer)
    {
        writer.Digest(Policy.Value).NodeId(Payer).NodeId(Owner).Byte((byte)Role).Amount(Rate).Amount(First);
        writer.Number(Start).Number(End).Count(Nodes.Length);
        foreach (var node in Nodes)
            writer.NodeId(node.Node).Number(node.SettledTo).Byte(node.IsFirstPaid ? (byte)1 : (byte)0);
    }
}
