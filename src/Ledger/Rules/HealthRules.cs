using NuCypher.P2P.Dht;
using NuCypher.P2P.Ledger.Health;
using NuCypher.P2P.Ledger.Merkle;
using NuCypher.P2P.Ledger.Transactions;
using NuCypher.P2P.Policy;

namespace NuCypher.P2P.Ledger.Rules;

/// <summary>
/// Rounds of health checks: who checks whom, by a beacon that nobody knows before, and what comes of the votes.
/// </summary>
internal static class HealthRules
{
    public static LedgerRefusal Commit(LedgerTurn turn, CommitSecret operation)
    {
        var refusal = FindSeat(turn, operation.Round, HealthPhase.BeaconCommit, out var round, out var place);
        if (refusal != LedgerRefusal.None)
            return refusal;
        if (round!.Validators[place].Commitment is not null)
            return LedgerRefusal.AlreadyDone;
        if (!TryPutUpBond(turn))
            return LedgerRefusal.Insufficient;
        Change(turn, round, place, round.Validators[place] with { Commitment = operation.Commitment });
        return turn.Done(new ValidatorSpoke(turn.Sender, round.Number));
    }

    public static LedgerRefusal Reveal(LedgerTurn turn, RevealSecret operation)
    {
        var refusal = FindSeat(turn, operation.Round, HealthPhase.BeaconReveal, out var round, out var place);
        if (refusal != LedgerRefusal.None)
            return refusal;
        var seat = round!.Validators[place];
        if (seat.Commitment is not { } commitment)
            return LedgerRefusal.LateCommit;
        if (seat.Secret.Length > 0)
            return LedgerRefusal.AlreadyDone;
        if (commitment != HealthCommitment.ToSecret(round.Number, turn.Sender, operation.Secret.Span))
        {
            Change(turn, round, place, seat with { Commitment = null });
            return BurnBond(turn, turn.Sender);
        }

        Change(turn, round, place, seat with { Secret = operation.Secret.ToArray() });
        ReturnBond(turn);
        return turn.Done(new ValidatorSpoke(turn.Sender, round.Number));
    }

    public static LedgerRefusal Commit(LedgerTurn turn, CommitVote operation)
    {
        var refusal = FindSeat(turn, operation.Round, HealthPhase.VoteCommit, out var round, out _);
        if (refusal != LedgerRefusal.None)
            return refusal;
        if (round!.VoteKey(turn.Sender, operation.Target) is not { } key)
            return LedgerRefusal.NotInRound;
        if (round.Votes.ContainsKey(key))
            return LedgerRefusal.AlreadyDone;
        if (!TryPutUpBond(turn))
            return LedgerRefusal.Insufficient;
        Change(turn, round with { Votes = round.Votes.Add(key, new Vote(operation.Commitment, null)) });
        return turn.Done(new ValidatorSpoke(turn.Sender, round.Number));
    }

    public static LedgerRefusal Reveal(LedgerTurn turn, RevealVote operation)
    {
        var refusal = FindSeat(turn, operation.Round, HealthPhase.VoteReveal, out var round, out _);
        if (refusal != LedgerRefusal.None)
            return refusal;
        if (round!.VoteKey(turn.Sender, operation.Target) is not { } key)
            return LedgerRefusal.NotInRound;
        if (!round.Votes.TryGetValue(key, out var vote))
            return LedgerRefusal.LateCommit;
        if (vote.IsUnhealthy is not null)
            return LedgerRefusal.AlreadyDone;
        var commitment = HealthCommitment.ToVote(
            round.Number, turn.Sender, operation.Target, operation.IsUnhealthy, operation.Salt.Span);
        if (vote.Commitment != commitment)
        {
            Change(turn, round with { Votes = round.Votes.Remove(key) });
            return BurnBond(turn, turn.Sender);
        }

        var revealed = vote with { IsUnhealthy = operation.IsUnhealthy };
        Change(turn, round with { Votes = round.Votes.SetItem(key, revealed) });
        ReturnBond(turn);
        return turn.Done(new ValidatorSpoke(turn.Sender, round.Number));
    }

    /// <summary>Counts the votes of the round that a block ends.</summary>
    public static void Close(LedgerTurn turn)
    {
        if (!IsBoundary(turn) || turn.State.Round is not { } round)
            return;
        BurnOpenBonds(turn, round);
        var pool = PoolOf(turn, round);
        for (var target = 0; target < round.Targets.Length; target++)
            Judge(turn, round, target, pool);
        turn.State = turn.State with { Round = null };
    }

    /// <summary>Begins the round that a block begins, with the validators that the block before it chose.</summary>
    public static void Open(LedgerTurn turn, Digest previousBlock)
    {
        var stakers = turn.State.Table.Stakers;
        if (!IsBoundary(turn) || stakers.Count == 0)
            return;
        var number = turn.State.Height / turn.Parameters.BlocksPerRound;
        var places = HealthChoice.Validators(
            [.. stakers.Select(staker => staker.Id.ToBytes())], previousBlock.ToBytes(),
            HealthChoice.CeilingRoot(stakers.Count));
        Change(turn, new HealthRound(
            number, previousBlock,
            [.. places.Select(place => new Validator(stakers[place].Id, stakers[place].Stake))]));
        turn.Tell(new RoundOpened(number, places.Count));
    }

    /// <summary>Draws whom the round checks, once the time for secrets is over.</summary>
    public static void DrawTargets(LedgerTurn turn)
    {
        var state = turn.State;
        var phase = HealthRound.PhaseAt(state.Height, state.Parameters.BlocksPerRound);
        if (phase != HealthPhase.VoteCommit || state.Round is not { Beacon: null } round)
            return;
        var beacon = HealthCommitment.Beacon(
            round.Number, round.Block,
            round.Validators.Where(seat => seat.Secret.Length > 0).Select(seat => seat.Secret));
        var everybody = state.Table.Stakers.Select(staker => staker.Id);
        NodeId[] left = [.. everybody.Where(id => state.Checked.Find(id) is null)];
        var isNewCycle = left.Length == 0;
        var targets = HealthChoice.Targets(
            isNewCycle ? everybody : left, beacon, HealthChoice.CeilingRoot(state.Table.Count));
        var known = isNewCycle ? MerkleMap.Empty<CheckedNode>() : state.Checked;
        turn.State = state with { Checked = targets.Aggregate(known, (map, id) => map.Set(id, new CheckedNode(id))) };
        Change(turn, round with { Beacon = beacon, Targets = [.. targets] });
        turn.Tell(new TargetsDrawn(round.Number, beacon, targets.Count));
    }

    private static bool IsBoundary(LedgerTurn turn) => turn.State.Height % turn.Parameters.BlocksPerRound == 0;

    private static void BurnOpenBonds(LedgerTurn turn, HealthRound round)
    {
        foreach (var seat in round.Validators.Where(seat => seat.Commitment is not null && seat.Secret.Length == 0))
            BurnBond(turn, seat.Node);
        foreach (var (key, _) in round.Votes.Where(vote => vote.Value.IsUnhealthy is null))
            BurnBond(turn, round.Validators[(int)(key & 0xFFFF)].Node);
    }

    // A period's pool is for all of its rounds that are still to come, and a round's for its targets.
    private static UInt128 PoolOf(LedgerTurn turn, HealthRound round)
    {
        if (round.Targets.Length == 0)
            return 0;
        var (height, period) = (turn.State.Height, turn.Parameters.BlocksPerPeriod);
        var left = ((period - ((height - 1) % period) - 1) / turn.Parameters.BlocksPerRound) + 1;
        return turn.State.HealthPool / left / (UInt128)round.Targets.Length;
    }

    private static void Judge(LedgerTurn turn, HealthRound round, int target, UInt128 pool)
    {
        var votes = round.VotesOn(target);
        var ballot = Ballot.Count(
            [.. votes.Select(vote => (round.Validators[vote.Validator].Stake, vote.IsUnhealthy))], pool);
        foreach (var (index, vote) in votes.Index())
            turn.Credit(round.Validators[vote.Validator].Node, ballot.Rewards[index]);
        var paid = pool - ballot.Carried;
        turn.State = turn.State with { HealthPool = turn.State.HealthPool - paid };
        var lost = ballot.IsUnhealthy is { } isUnhealthy ? Apply(turn, round.Targets[target], isUnhealthy) : 0;
        turn.Tell(new HealthJudged(round.Targets[target], ballot.IsUnhealthy, lost, paid));
    }

    private static UInt128 Apply(LedgerTurn turn, NodeId target, bool isUnhealthy)
    {
        if (turn.State.Stakers.Find(target) is not { } staker)
            return 0;
        var loss = isUnhealthy ? Ballot.Loss(staker.MintedSinceCheck, staker.MintsSinceCheck) : 0;
        var fromRewards = UInt128.Min(loss, staker.Rewards);
        var left = staker.Slash(loss - fromRewards, out var taken);
        turn.Change(left with { Rewards = staker.Rewards - fromRewards, MintedSinceCheck = 0, MintsSinceCheck = 0 });
        turn.Burn(fromRewards + taken);
        return fromRewards + taken;
    }

    private static LedgerRefusal FindSeat(
        LedgerTurn turn, ulong number, HealthPhase phase, out HealthRound? round, out int place)
    {
        round = turn.State.Round;
        place = round?.PlaceOf(turn.Sender) ?? -1;
        if (round?.Number != number || place < 0)
            return LedgerRefusal.NotInRound;
        var now = HealthRound.PhaseAt(turn.State.Height, turn.Parameters.BlocksPerRound);
        if (now == phase)
            return LedgerRefusal.None;
        return now > phase && phase is HealthPhase.BeaconCommit or HealthPhase.VoteCommit
            ? LedgerRefusal.LateCommit
            : LedgerRefusal.OutOfTurn;
    }

    private static bool TryPutUpBond(LedgerTurn turn)
    {
        if (!turn.TryDebit(turn.Sender, turn.Parameters.Bond))
            return false;
        turn.State = turn.State with { Bonds = turn.State.Bonds + turn.Parameters.Bond };
        return true;
    }

    private static void ReturnBond(LedgerTurn turn)
    {
        turn.State = turn.State with { Bonds = turn.State.Bonds - turn.Parameters.Bond };
        turn.Credit(turn.Sender, turn.Parameters.Bond);
    }

    private static LedgerRefusal BurnBond(LedgerTurn turn, NodeId validator)
    {
        turn.State = turn.State with { Bonds = turn.State.Bonds - turn.Parameters.Bond };
        turn.Burn(turn.Parameters.Bond);
        return turn.Done(new BondBurnt(validator, turn.Parameters.Bond));
    }

    private static void Change(LedgerTurn turn, HealthRound round) => turn.State = turn.State with { Round = round };

    private static void Change(LedgerTurn turn, HealthRound round, int place, Validator seat) =>
        Change(turn, round with { Validators = round.Validators.SetItem(place, seat) });
}
