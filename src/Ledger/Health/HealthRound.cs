using System.Collections.Immutable;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Ledger.Wire;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Wire;

namespace NuCypher.P2P.Ledger.Health;

/// <summary>One round of checks, from the block that chose its validators to the count of their votes.</summary>
/// <param name="Number">Its height, divided by the blocks of a round.</param>
/// <param name="Block">The hash of the block before it.</param>
/// <param name="Validators">Who checks.</param>
public sealed record HealthRound(ulong Number, Digest Block, ImmutableArray<Validator> Validators)
{
    /// <summary>The fewest blocks of a round: each phase needs some.</summary>
    public const ulong MinBlocks = 10;

    /// <summary>Whom they check; empty before the secrets are known.</summary>
    public ImmutableArray<NodeId> Targets { get; init; } = [];

    /// <summary>What the secrets gave; null before.</summary>
    public Digest? Beacon { get; init; }

    /// <summary>The votes, by the places of validator and target.</summary>
    public ImmutableSortedDictionary<uint, Vote> Votes { get; init; } = ImmutableSortedDictionary<uint, Vote>.Empty;

    /// <summary>What a round waits for at a height: three blocks, two, two, and the others.</summary>
    public static HealthPhase PhaseAt(ulong height, ulong blocks) => (height % blocks) switch
    {
        < 3 => HealthPhase.BeaconCommit,
        < 5 => HealthPhase.BeaconReveal,
        < 7 => HealthPhase.VoteCommit,
        _ => HealthPhase.VoteReveal,
    };

    /// <summary>The place of a validator; negative if it is none.</summary>
    public int PlaceOf(NodeId validator)
    {
        var place = Validators.Length - 1;
        while (place >= 0 && Validators[place].Node != validator)
            place--;
        return place;
    }

    /// <summary>Under which key a validator's vote on a target is kept; null if either is not of this round.</summary>
    public uint? VoteKey(NodeId validator, NodeId target)
    {
        var (from, on) = (PlaceOf(validator), Targets.IndexOf(target));
        return from < 0 || on < 0 ? null : ((uint)on << 16) | (uint)from;
    }

    /// <summary>The revealed votes on a target, by validator's place.</summary>
    public IReadOnlyList<(int Validator, bool IsUnhealthy)> VotesOn(int target) =>
    [
        .. Votes.Where(vote => vote.Key >> 16 == target && vote.Value.IsUnhealthy is not null)
            .Select(vote => ((int)(vote.Key & 0xFFFF), vote.Value.IsUnhealthy!.Value)),
    ];

    internal void Write(FieldWriter writer)
    {
        writer.Number(Number).Digest(Block).FourByteNumber((uint)Validators.Length);
        foreach (var validator in Validators)
        {
            writer.NodeId(validator.Node).Amount(validator.Stake);
            writer.Digest(validator.Commitment ?? default).Prefixed(validator.Secret);
        }

        writer.Digest(Beacon ?? default).FourByteNumber((uint)Targets.Length);
        foreach (var target in Targets)
            writer.NodeId(target);
        writer.FourByteNumber((uint)Votes.Count);
        foreach (var (key, vote) in Votes)
            writer.FourByteNumber(key).Digest(vote.Commitment)
                .Byte(vote.IsUnhealthy switch { null => 0, false => 1, true => 2 });
    }
}
