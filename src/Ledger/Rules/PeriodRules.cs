using NuCypher.P2P.Ledger.Emission;
using NuCypher.P2P.Ledger.Selection;
using NuCypher.P2P.Ledger.Staking;

namespace NuCypher.P2P.Ledger.Rules;

/// <summary>The end of a period: coins for those who were active in it, and who can be chosen in the next.</summary>
internal static class PeriodRules
{
    public static void Advance(LedgerTurn turn)
    {
        if (turn.State.Height % turn.Parameters.BlocksPerPeriod != 0)
            return;
        Mint(turn, turn.Period - 1);
        var eligible = turn.State.Stakers.Values.Where(turn.State.IsEligible)
            .Select(staker => (staker.Id, staker.StakeIn(turn.Period)));
        turn.State = turn.State with { Table = new StakeTable(eligible) };
    }

    private static void Mint(LedgerTurn turn, ulong period)
    {
        (Staker Staker, UInt128 Stake)[] active =
        [
            .. turn.State.Stakers.Values.Where(staker => staker.Activity.Contains(period))
                .Select(staker => (staker, staker.StakeIn(period))).Where(pair => pair.Item2 > 0),
        ];
        if (active.Length == 0)
            return;
        var state = turn.State;
        var curve = state.Parameters.Emission;
        var minted = curve.Mint(curve.Reserve - state.Minted, state.EmissionCarry, out var carry);
        var forHealth = minted * state.Parameters.HealthPercent / 100;
        var rewards = RewardSplit.Divide(
            [.. active.Select(pair => pair.Stake)], minted - forHealth + state.RewardCarry, out var rest);
        turn.State = state with
        {
            Minted = state.Minted + minted,
            EmissionCarry = carry,
            HealthPool = state.HealthPool + forHealth,
            RewardCarry = rest,
        };
        foreach (var ((staker, _), reward) in active.Zip(rewards))
            Reward(turn, staker, reward);
        turn.Tell(new PeriodEnded(period, minted, active.Length));
    }

    private static void Reward(LedgerTurn turn, Staker staker, UInt128 reward)
    {
        turn.Change(staker with
        {
            Rewards = staker.Rewards + reward,
            MintedSinceCheck = staker.MintedSinceCheck + reward,
            MintsSinceCheck = staker.MintsSinceCheck + 1,
        });
        turn.Tell(new RewardMinted(staker.Id, reward));
    }
}
