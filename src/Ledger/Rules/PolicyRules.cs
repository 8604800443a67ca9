using NuCypher.P2P.Dht;
using NuCypher.P2P.Ledger.Accounts;
using NuCypher.P2P.Ledger.Policies;
using NuCypher.P2P.Ledger.Staking;
using NuCypher.P2P.Ledger.Transactions;
using NuCypher.P2P.Policy;

namespace NuCypher.P2P.Ledger.Rules;

/// <summary>Policies that are paid for.</summary>
internal static class PolicyRules
{
    public static LedgerRefusal Create(LedgerTurn turn, CreatePolicy operation)
    {
        var refusal = CheckTerms(turn, operation, out var deposit);
        if (refusal != LedgerRefusal.None)
            return refusal;
        var start = turn.Period + 1;
        var deal = new Deal(
            operation.Policy, turn.Sender, operation.Owner, operation.Role, operation.Rate, operation.First,
            start, start + operation.Periods, [.. operation.Nodes.Select(node => new Engagement(node, start, false))]);
        if (turn.State.Deals.Find(deal.Key) is not null)
            return LedgerRefusal.PolicyExists;
        foreach (var node in operation.Nodes)
        {
            refusal = Engage(turn, node, deal.End);
            if (refusal != LedgerRefusal.None)
                return refusal;
        }

        var payer = turn.AccountOf(turn.Sender);
        if (payer.Deals >= Account.MaxDeals || turn.State.Deals.Count >= turn.Parameters.MaxDeals)
            return LedgerRefusal.Full;
        if (payer.Balance < deposit)
            return LedgerRefusal.Insufficient;
        turn.Change(turn.Sender, payer with { Balance = payer.Balance - deposit, Deals = payer.Deals + 1 });
        turn.State = turn.State with { Deals = turn.State.Deals.Set(deal.Key, deal) };
        return turn.Done(new PolicyPaid(deal.Key, turn.Sender, deposit));
    }

    public static LedgerRefusal Revoke(LedgerTurn turn, RevokePolicy operation)
    {
        var refusal = FindDeal(turn, operation.Deal, out var deal);
        if (refusal != LedgerRefusal.None)
            return refusal;
        for (var index = deal!.Nodes.Length - 1; index >= 0; index--)
            deal = Leave(turn, deal, index);
        Keep(turn, deal);
        return LedgerRefusal.None;
    }

    public static LedgerRefusal Revoke(LedgerTurn turn, RevokeArrangement operation)
    {
        var refusal = FindDeal(turn, operation.Deal, out var deal);
        if (refusal != LedgerRefusal.None)
            return refusal;
        var index = PlaceOf(deal!, operation.Node);
        if (index < 0)
            return LedgerRefusal.UnknownPart;
        Keep(turn, Leave(turn, deal!, index));
        return LedgerRefusal.None;
    }

    public static LedgerRefusal Collect(LedgerTurn turn, CollectFees operation)
    {
        if (turn.State.Deals.Find(operation.Deal) is not { } deal)
            return LedgerRefusal.UnknownPolicy;
        var index = PlaceOf(deal, turn.Sender);
        if (index < 0)
            return LedgerRefusal.NotYours;
        if (turn.Period >= deal.End)
        {
            Keep(turn, Leave(turn, deal, index));
            return LedgerRefusal.None;
        }

        if (turn.Period <= deal.Nodes[index].SettledTo)
            return LedgerRefusal.Insufficient;
        deal = deal.Settle(index, ActivityOf(turn, turn.Sender), turn.Period, out var settlement);
        Pay(turn, deal, turn.Sender, settlement);
        Keep(turn, deal);
        return LedgerRefusal.None;
    }

    private static LedgerRefusal CheckTerms(LedgerTurn turn, CreatePolicy operation, out UInt128 deposit)
    {
        deposit = 0;
        if (operation.Rate > Coins.MaxAmount || operation.First > Coins.MaxAmount)
            return LedgerRefusal.Overflow;
        if (operation.Periods > Deal.MaxPeriods)
            return LedgerRefusal.TooLarge;
        if (operation.Periods == 0 || operation.Rate < turn.Parameters.MinimumRate)
            return LedgerRefusal.BelowMinimum;
        deposit = (UInt128)operation.Nodes.Count * (operation.First + (operation.Rate * operation.Periods));
        return deposit > Coins.MaxAmount ? LedgerRefusal.Overflow : LedgerRefusal.None;
    }

    private static LedgerRefusal Engage(LedgerTurn turn, NodeId node, ulong end)
    {
        if (turn.State.Stakers.Find(node) is not { } staker)
            return LedgerRefusal.NotStaker;

        // Collateral that can be withdrawn before the policy ends deters nobody.
        if (!turn.State.IsEligible(staker) || staker.StakeIn(end) < turn.Parameters.MinimumStake)
            return LedgerRefusal.NotEligible;
        if (staker.EngagedIn(turn.Period) >= turn.State.CapacityOf(staker))
            return LedgerRefusal.Full;
        turn.Change(staker.Engage(end, turn.Period));
        return LedgerRefusal.None;
    }

    private static LedgerRefusal FindDeal(LedgerTurn turn, Digest key, out Deal? deal)
    {
        deal = turn.State.Deals.Find(key);
        if (deal is null)
            return LedgerRefusal.UnknownPolicy;
        return deal.Owner == turn.Sender || deal.Payer == turn.Sender ? LedgerRefusal.None : LedgerRefusal.NotYours;
    }

    private static Deal Leave(LedgerTurn turn, Deal deal, int index)
    {
        var node = deal.Nodes[index].Node;
        var left = deal.Leave(index, ActivityOf(turn, node), turn.Period, out var settlement);
        Pay(turn, deal, node, settlement);
        if (turn.State.Stakers.Find(node) is { } staker)
            turn.Keep(staker.Release(deal.End));
        return left;
    }

    private static void Pay(LedgerTurn turn, Deal deal, NodeId node, Settlement settlement)
    {
        turn.Credit(node, settlement.Earned);
        turn.Credit(deal.Payer, settlement.Refunded);
        turn.Tell(new FeesSettled(deal.Key, node, settlement.Earned, settlement.Refunded));
    }

    private static void Keep(LedgerTurn turn, Deal deal)
    {
        if (deal.Nodes.Length > 0)
        {
            turn.State = turn.State with { Deals = turn.State.Deals.Set(deal.Key, deal) };
            return;
        }

        turn.State = turn.State with { Deals = turn.State.Deals.Remove(deal.Key) };
        var payer = turn.AccountOf(deal.Payer);
        turn.Change(deal.Payer, payer with { Deals = payer.Deals - 1 });
    }

    private static ActivityLog ActivityOf(LedgerTurn turn, NodeId node) =>
        turn.State.Stakers.Find(node)?.Activity ?? ActivityLog.Empty;

    private static int PlaceOf(Deal deal, NodeId node)
    {
        for (var i = 0; i < deal.Nodes.Length; i++)
        {
            if (deal.Nodes[i].Node == node)
                return i;
        }

        return -1;
    }
}
