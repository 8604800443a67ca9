using NuCypher.P2P.Ledger.Merkle;
using NuCypher.P2P.Ledger.Rules;
using NuCypher.P2P.Ledger.Staking;
using NuCypher.P2P.Ledger.Tests.Support;
using NuCypher.P2P.Ledger.Transactions;
using static NuCypher.P2P.Ledger.Tests.Support.Book;

namespace NuCypher.P2P.Ledger.Tests.Rules;

public sealed class StakeRulesTests
{
    private readonly Person _node = new(1);
    private readonly Person _other = new(2);
    private readonly Book _book;

    public StakeRulesTests() => _book = new Book(Small, (_node, C(200_000)), (_other, C(200_000)));

    [Fact]
    [Trait("Row", "LG-02")]
    public void Stake_OneLessThanTheMinimum_IsNeverEligible()
    {
        _book.Do(_node, new Stake(C(15_000) - 1, 50));
        _book.Do(_other, new Stake(C(15_000), 50));

        Assert.Equal(0, _book.State.Table.Count);
        _book.GoTo(1);
        Assert.Equal(_other.Id, Assert.Single(_book.State.Table.Stakers).Id);
        Assert.Equal(LedgerRefusal.BelowMinimum, _book.Try(_node, new ConfirmActivity()));
    }

    [Fact]
    [Trait("Row", "LG-01"), Trait("Row", "LG-04")]
    public void Withdraw_OnePeriodBeforeItIsUnlocked_IsRefusedAndThenPaid()
    {
        _book.Do(_node, new Stake(C(20_000), 3));
        _book.GoTo(2);

        Assert.Equal(LedgerRefusal.Locked, _book.Try(_node, new Withdraw(0)));
        Assert.Equal(C(20_000), _book.State.Table.Total);
        _book.GoTo(3);
        Assert.Equal((UInt128)0, _book.State.Table.Total);
        _book.Do(_node, new Withdraw(0));
        Assert.Equal(C(200_000), _book.BalanceOf(_node));
        Assert.Equal(LedgerRefusal.NotStaker, _book.Try(_node, new Withdraw(0)));
    }

    [Fact]
    public void Stake_ImpossibleTerms_IsRefused()
    {
        Assert.Equal(LedgerRefusal.Insufficient, _book.Try(_node, new Stake(C(200_000) + 1, 50)));
        Assert.Equal(LedgerRefusal.Overflow, _book.Try(_node, new Stake(UInt128.MaxValue, 50)));
        Assert.Equal(LedgerRefusal.BelowMinimum, _book.Try(_node, new Stake(C(1_500) - 1, 50)));
        Assert.Equal(LedgerRefusal.Locked, _book.Try(_node, new Stake(C(1_500), 1)));
        Assert.Equal(LedgerRefusal.TooLarge, _book.Try(_node, new Stake(C(1_500), StakeRules.MaxLock + 1)));
        Assert.Equal(LedgerRefusal.TooLarge, _book.Try(_node, new Stake(C(1_500), ulong.MaxValue)));
        Assert.Equal(LedgerRefusal.NotStaker, _book.Try(_node, new Withdraw(0)));
        Assert.Equal(LedgerRefusal.NotStaker, _book.Try(_node, new ConfirmActivity()));
        Assert.Equal(LedgerRefusal.NotStaker, _book.Try(_node, new CollectRewards()));
        Assert.Equal(LedgerRefusal.NotStaker, _book.Try(_node, new PostReceipts(0, default, 0)));
        Assert.Equal(LedgerRefusal.None, _book.Try(_node, new Stake(C(1_500), StakeRules.MaxLock)));
        Assert.Equal(LedgerRefusal.BelowMinimum, _book.Try(_node, new Stake(C(1) - 1, 50)));
        Assert.Equal(LedgerRefusal.None, _book.Try(_node, new Stake(C(1), 50)));
    }

    [Fact]
    [Trait("Row", "LG-32")]
    public void Stake_ThirtyParts_RefusesOneMore()
    {
        for (var i = 0; i < Staker.MaxSubStakes - 1; i++)
            _book.Do(_node, new Stake(C(1_500), 50));
        _book.Do(_node, new Split(0, C(1)));

        Assert.Equal(LedgerRefusal.Full, _book.Try(_node, new Split(1, C(1))));
        Assert.Equal(LedgerRefusal.Full, _book.Try(_node, new Stake(C(2), 50)));
    }

    [Fact]
    public void Stake_WhenAllPlacesAreTaken_IsRefusedForNewcomersAlone()
    {
        var book = new Book(Small with { MaxStakers = 1 }, (_node, C(9_000)), (_other, C(9_000)));
        book.Do(_node, new Stake(C(1_500), 2));

        Assert.Equal(LedgerRefusal.Full, book.Try(_other, new Stake(C(1_500), 50)));
        book.Do(_node, new Stake(C(1), 2));
        book.GoTo(2);
        book.Do(_node, new Withdraw(0));
        Assert.Equal(LedgerRefusal.Full, book.Try(_other, new Stake(C(1_500), 50)));
        book.Do(_node, new Withdraw(0)); // nothing is left: its place is free
        book.Do(_other, new Stake(C(1_500), 50));
    }

    [Fact]
    [Trait("Row", "LG-32")]
    public void Split_AndProlong_LocksOnePartForLonger()
    {
        _book.Do(_node, new Stake(C(40_000), 3));
        _book.Do(_node, new Split(0, C(15_000)));
        _book.Do(_node, new Prolong(1, 6));
        _book.GoTo(3);

        _book.Do(_node, new Withdraw(0));
        Assert.Equal(LedgerRefusal.Locked, _book.Try(_node, new Withdraw(0)));
        Assert.Equal(C(15_000), _book.State.Table.Total);
    }

    [Fact]
    public void SplitAndProlong_ImpossibleTerms_AreRefused()
    {
        _book.Do(_node, new Stake(C(1_500), 3));

        Assert.Equal(LedgerRefusal.UnknownPart, _book.Try(_node, new Split(1, C(1))));
        Assert.Equal(LedgerRefusal.BelowMinimum, _book.Try(_node, new Split(0, 0)));
        Assert.Equal(LedgerRefusal.BelowMinimum, _book.Try(_node, new Split(0, C(1_500))));
        Assert.Equal(LedgerRefusal.Insufficient, _book.Try(_node, new Split(0, C(1_500) + 1)));
        Assert.Equal(LedgerRefusal.Insufficient, _book.Try(_node, new Split(0, UInt128.MaxValue)));
        Assert.Equal(LedgerRefusal.Locked, _book.Try(_node, new Prolong(0, 3)));
        Assert.Equal(LedgerRefusal.TooLarge, _book.Try(_node, new Prolong(0, ulong.MaxValue)));
        Assert.Equal(LedgerRefusal.UnknownPart, _book.Try(_node, new Prolong(9, 4)));
    }

    [Fact]
    public void Prolong_WhatWasUnlocked_CountsAgainFromTheNextPeriodOn()
    {
        _book.Do(_node, new Stake(C(20_000), 2));
        _book.GoTo(2);
        Assert.Equal((UInt128)0, _book.State.Table.Total);

        Assert.Equal(LedgerRefusal.Locked, _book.Try(_node, new Prolong(0, 3)));
        _book.Do(_node, new Prolong(0, 5));
        _book.GoTo(3);
        Assert.Equal(C(20_000), _book.State.Table.Total);
    }

    [Fact]
    [Trait("Row", "LG-32"), Trait("Row", "LG-30")]
    public void Confirm_InAPeriodForTheNext_IsMintedForAtTheOneAfter()
    {
        _book.Do(_node, new Stake(C(20_000), 50));
        _book.Do(_other, new Stake(C(20_000), 50));
        _book.Do(_node, new ConfirmActivity());

        Assert.Equal(LedgerRefusal.AlreadyDone, _book.Try(_node, new ConfirmActivity()));
        _book.GoTo(1);
        Assert.Equal((UInt128)0, RewardsOf(_node));
        _book.GoTo(2);
        Assert.Equal(C(2_890_000) * 9 / 10, RewardsOf(_node)); // a tenth is for those who check
        Assert.Equal((UInt128)0, RewardsOf(_other));
        Assert.Equal(C(2_890_000), _book.State.Minted);
        _book.GoTo(3);
        Assert.Equal(C(2_890_000), _book.State.Minted); // nobody was active in period 2
    }

    [Fact]
    public void CollectRewards_MovesEveryUnitToTheBalance()
    {
        _book.Serve(C(20_000), _node);
        _book.GoTo(2);
        var rewards = RewardsOf(_node);

        _book.Do(_node, new CollectRewards());

        Assert.Equal(C(180_000) + rewards, _book.BalanceOf(_node));
        Assert.Equal(LedgerRefusal.Insufficient, _book.Try(_node, new CollectRewards()));
    }

    [Fact]
    [Trait("Row", "LG-37")]
    public void PostReceipts_OfAPeriodThatIsOver_KeepsTheLastOnes()
    {
        _book.Do(_node, new Stake(C(20_000), 500));
        Assert.Equal(LedgerRefusal.Locked, _book.Try(_node, new PostReceipts(0, default, 0)));
        Assert.Equal(LedgerRefusal.TooLarge, _book.Try(_node, new PostReceipts(0, default, ReceiptTree.MaxLeaves + 1)));
        for (var period = 1ul; period <= Staker.MaxPosted + 1; period++)
        {
            _book.GoTo(period);
            _book.Do(_node, new PostReceipts(period - 1, default, ReceiptTree.MaxLeaves));
            Assert.Equal(LedgerRefusal.AlreadyDone, _book.Try(_node, new PostReceipts(period - 1, default, 1)));
        }

        var posted = _book.State.Stakers.Find(_node.Id)!.Posted;
        Assert.Equal(Staker.MaxPosted, posted.Length);
        Assert.Equal(1ul, posted[0].Period);
    }

    [Fact]
    public void ActivityLog_RunsAndGaps_CountsWhatItWasTold()
    {
        var log = ((ulong[])[3, 4, 5, 8, 10, 11]).Aggregate(ActivityLog.Empty, (all, period) => all.Add(period, 0));

        Assert.Equal(3, log.Runs);
        Assert.Equal(6ul, log.CountIn(0, 100));
        Assert.Equal(3ul, log.CountIn(5, 11));
        Assert.False(log.Contains(6));
        Assert.True(log.Contains(8));
        Assert.Equal(2, log.Add(12, 9).Runs);
        Assert.Equal(3ul, log.Add(12, 9).CountIn(9, 100));
    }

    private UInt128 RewardsOf(Person person) => _book.State.Stakers.Find(person.Id)!.Rewards;
}
