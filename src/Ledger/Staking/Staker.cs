using System.Collections.Immutable;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Ledger.Merkle;
using NuCypher.P2P.Ledger.Wire;
using NuCypher.P2P.Policy.Wire;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Ledger.Staking;

/// <summary>A node that put up collateral.</summary>
/// <param name="Key">Verifies what it signs; its id is the key's hash.</param>
public sealed record Staker(VerifyingKey Key) : IMerkleValue
{
    /// <summary>The most parts of one stake.</summary>
    public const int MaxSubStakes = 30;

    /// <summary>For how many periods posted receipts are kept.</summary>
    public const int MaxPosted = 32;

    /// <summary>Who it is.</summary>
    public NodeId Id { get; } = NodeId.FromVerifyingKey(Key.ToBytes());

    /// <summary>The parts of its stake, in the order in which they came.</summary>
    public ImmutableArray<SubStake> Parts { get; init; } = [];

    /// <summary>When it was active.</summary>
    public ActivityLog Activity { get; init; } = ActivityLog.Empty;

    /// <summary>Minted for it and not yet collected.</summary>
    public UInt128 Rewards { get; init; }

    /// <summary>All that was minted for it since its health was last judged.</summary>
    public UInt128 MintedSinceCheck { get; init; }

    /// <summary>In how many portions.</summary>
    public uint MintsSinceCheck { get; init; }

    /// <summary>How often it was convicted of a wrong re-encryption.</summary>
    public uint Offences { get; init; }

    /// <summary>Its stake at the first conviction: what the penalties are parts of.</summary>
    public UInt128 PenaltyBase { get; init; }

    /// <summary>The periods in which its arrangements end, and how many end there.</summary>
    public ImmutableSortedDictionary<ulong, uint> Engagements { get; init; } =
        ImmutableSortedDictionary<ulong, uint>.Empty;

    /// <summary>The receipts that it posted last, the oldest first.</summary>
    public ImmutableArray<PostedReceipts> Posted { get; init; } = [];

    /// <summary>Everything that can be taken from it: locked or not, counting or not.</summary>
    public UInt128 Slashable => Parts.Aggregate(UInt128.Zero, (sum, part) => sum + part.Amount);

    /// <summary>What counts in a period.</summary>
    public UInt128 StakeIn(ulong period) =>
        Parts.Aggregate(UInt128.Zero, (sum, part) => part.CountsIn(period) ? sum + part.Amount : sum);

    /// <summary>How many arrangements it has that are not over in a period.</summary>
    public ulong EngagedIn(ulong period) =>
        Engagements.Aggregate(0UL, (sum, entry) => entry.Key > period ? sum + entry.Value : sum);

    /// <summary>
    /// Whether nothing of it needs to be kept: no stake, no reward, no fee to collect, no conviction.
    /// </summary>
    public bool IsForgettable => Parts.IsEmpty && Rewards == 0 && Engagements.IsEmpty && Offences == 0;

    /// <summary>
    /// With one more arrangement that ends at a period; what can no longer be collected is forgotten.
    /// </summary>
    public Staker Engage(ulong end, ulong now) => this with
    {
        Engagements = Engagements.RemoveRange(Engagements.Keys.Where(over => over + ActivityLog.Memory <= now))
            .SetItem(end, Engagements.GetValueOrDefault(end) + 1),
    };

    /// <summary>With one arrangement less of those that end at a period.</summary>
    public Staker Release(ulong end) => Engagements.GetValueOrDefault(end) switch
    {
        0 => this,
        1 => this with { Engagements = Engagements.Remove(end) },
        var count => this with { Engagements = Engagements.SetItem(end, count - 1) },
    };

    /// <summary>Takes stake away, from what unlocks last first; as much as there is.</summary>
    /// <param name="amount">How much is wanted.</param>
    /// <param name="taken">How much was there.</param>
    public Staker Slash(UInt128 amount, out UInt128 taken)
    {
        var parts = Parts.ToBuilder();
        taken = 0;
        foreach (var index in Enumerable.Range(0, Parts.Length).OrderByDescending(i => Parts[i].Unlock)
            .ThenByDescending(i => i))
        {
            var take = UInt128.Min(amount - taken, parts[index].Amount);
            parts[index] = parts[index] with { Amount = parts[index].Amount - take };
            taken += take;
        }

        return this with { Parts = [.. parts.Where(part => part.Amount > 0)] };
    }

    /// <inheritdoc/>
    public void Write(FieldWriter writer)
    {
        writer.Key(Key).Count(Parts.Length);
        foreach (var part in Parts)
            writer.Amount(part.Amount).Number(part.First).Number(part.Unlock);
        Activity.Write(writer);
        writer.Amount(Rewards).Amount(MintedSinceCheck).FourByteNumber(MintsSinceCheck);
        writer.FourByteNumber(Offences).Amount(PenaltyBase).FourByteNumber((uint)Engagements.Count);
        foreach (var (end, count) in Engagements)
            writer.Number(end).FourByteNumber(count);
        writer.Count(Posted.Length);
        foreach (var posted in Posted)
            writer.Number(posted.Period).Digest(posted.Root).FourByteNumber(posted.Count);
    }
}
