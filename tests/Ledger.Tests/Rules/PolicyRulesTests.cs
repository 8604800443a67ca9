using NuCypher.P2P.Ledger.Accounts;
using NuCypher.P2P.Ledger.Policies;
using NuCypher.P2P.Ledger.Rules;
using NuCypher.P2P.Ledger.State;
using NuCypher.P2P.Ledger.Tests.Support;
using NuCypher.P2P.Ledger.Transactions;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Wire;
using static NuCypher.P2P.Ledger.Tests.Support.Book;

namespace NuCypher.P2P.Ledger.Tests.Rules;

public sealed class PolicyRulesTests
{
    private static readonly PolicyId Policy = new(DomainHash.Compute("test", [1]));

    private readonly Person _alice = new(1);
    private readonly Person _bob = new(2);
    private readonly Person[] _nodes = [new(11), new(12), new(13)];
    private readonly Book _book;

    public PolicyRulesTests()
    {
        _book = NewBook(Small);
        _book.Serve(C(20_000), _nodes);
    }

    [Fact]
    [Trait("Row", "LG-31")]
    public void Create_ThreeNodesForThirtyPeriods_DepositsWhatIsKnown()
    {
        _book.Do(_alice, Terms());

        Assert.Equal(C(5_000) - 1_050, _book.BalanceOf(_alice));
        Assert.Equal((UInt128)1_050, _book.State.Deals.Find(Key(_alice))!.Escrow);
    }

    [Fact]
    [Trait("Row", "LG-31"), Trait("Row", "SE-13")]
    public void Revoke_AfterTwelvePeriods_PaysAndRefundsWhatIsKnown()
    {
        _book.Do(_alice, Terms());
        PassPeriods(12, inactive: 0);

        _book.Do(_alice, new RevokePolicy(Key(_alice)));

        Assert.Equal(C(5_000) - 1_050 + 540, _book.BalanceOf(_alice));
        Assert.Equal([170, 170, 170], Earned());
        Assert.Equal(0, _book.State.Deals.Count);
        Assert.Equal(0ul, _book.State.Stakers.Find(_nodes[0].Id)!.EngagedIn(_book.Period));
    }

    [Fact]
    [Trait("Row", "LG-31"), Trait("Row", "LG-30")]
    public void Revoke_OneNodeInactiveInFour_RefundsThem()
    {
        _book.Do(_alice, Terms());
        PassPeriods(12, inactive: 4);

        _book.Do(_alice, new RevokePolicy(Key(_alice)));

        Assert.Equal(C(5_000) - 1_050 + 580, _book.BalanceOf(_alice));
        Assert.Equal([170, 170, 130], Earned());
    }

    [Fact]
    [Trait("Row", "LG-31")]
    public void Revoke_OneArrangement_LeavesTheOthers()
    {
        _book.Do(_alice, Terms());
        PassPeriods(12, inactive: 0);

        _book.Do(_alice, new RevokeArrangement(Key(_alice), _nodes[1].Id));

        Assert.Equal(C(5_000) - 1_050 + 180, _book.BalanceOf(_alice));
        Assert.Equal([0, 170, 0], Earned());
        Assert.Equal(LedgerRefusal.UnknownPart, _book.Try(_alice, new RevokeArrangement(Key(_alice), _nodes[1].Id)));
        Assert.Equal(LedgerRefusal.NotYours, _book.Try(_nodes[1], new CollectFees(Key(_alice))));
    }

    [Fact]
    public void Revoke_BeforeThePolicyBegan_LeavesTheFirstFeeWithTheNodes()
    {
        _book.Do(_alice, Terms());

        _book.Do(_alice, new RevokePolicy(Key(_alice)));

        Assert.Equal(C(5_000) - 150, _book.BalanceOf(_alice));
        Assert.Equal([50, 50, 50], Earned());
    }

    [Fact]
    public void Revoke_NodeThatNeverServed_GetsNothing()
    {
        _book.Do(_alice, Terms());
        _book.GoTo(_book.Period + 31); // only the first period was confirmed, before the policy began

        _book.Do(_alice, new RevokePolicy(Key(_alice)));

        Assert.Equal(C(5_000), _book.BalanceOf(_alice));
        Assert.Equal([0, 0, 0], Earned());
    }

    [Fact]
    public void Collect_EachPeriod_SumsToTheSame()
    {
        _book.Do(_alice, Terms());
        Assert.Equal(LedgerRefusal.Insufficient, _book.Try(_nodes[0], new CollectFees(Key(_alice))));
        for (var period = 0; period < 31; period++)
        {
            PassPeriods(0, inactive: 0);
            if (period > 0)
                _book.Do(_nodes[0], new CollectFees(Key(_alice)));
        }

        Assert.Equal([350, 0, 0], Earned());
        Assert.Equal(LedgerRefusal.NotYours, _book.Try(_nodes[0], new CollectFees(Key(_alice)))); // settled and gone
        _book.Do(_nodes[1], new CollectFees(Key(_alice)));
        _book.Do(_nodes[2], new CollectFees(Key(_alice)));
        Assert.Equal(LedgerRefusal.UnknownPolicy, _book.Try(_nodes[2], new CollectFees(Key(_alice))));
        Assert.Equal(C(5_000) - 1_050, _book.BalanceOf(_alice));
    }

    [Fact]
    [Trait("Row", "LG-29")]
    public void Create_ReaderOrSponsorPays_GetsTheRefundWhileAliceMayEndIt()
    {
        _book.Do(_bob, Terms() with { Owner = _alice.Id, Role = Payer.Reader });
        _book.Do(_alice, Terms() with { Role = Payer.Sponsor }); // the same policy, another payer

        Assert.Equal(LedgerRefusal.NotYours, _book.Try(_nodes[0], new RevokePolicy(Key(_bob))));
        _book.Do(_alice, new RevokePolicy(Key(_bob)));
        Assert.Equal(C(5_000) - 150, _book.BalanceOf(_bob));
        Assert.Equal(LedgerRefusal.NotYours, _book.Try(_bob, new RevokePolicy(Key(_alice))));
        _book.Do(_bob, Terms() with { Owner = _alice.Id, Role = Payer.Reader });
        _book.Do(_bob, new RevokePolicy(Key(_bob))); // who pays may stop paying
    }

    [Fact]
    public void Create_ImpossibleTerms_IsRefused()
    {
        Assert.Equal(LedgerRefusal.Overflow, _book.Try(_alice, Terms() with { Rate = UInt128.MaxValue }));
        Assert.Equal(LedgerRefusal.Overflow, _book.Try(_alice, Terms() with { First = UInt128.MaxValue }));
        Assert.Equal(LedgerRefusal.Overflow, _book.Try(_alice, Terms() with { First = Coins.MaxAmount }));
        Assert.Equal(LedgerRefusal.TooLarge, _book.Try(_alice, Terms() with { Periods = Deal.MaxPeriods + 1 }));
        Assert.Equal(LedgerRefusal.TooLarge, _book.Try(_alice, Terms() with { Periods = uint.MaxValue }));
        Assert.Equal(LedgerRefusal.BelowMinimum, _book.Try(_alice, Terms() with { Periods = 0 }));
        Assert.Equal(LedgerRefusal.BelowMinimum, _book.Try(_alice, Terms() with { Rate = 0 }));
        Assert.Equal(LedgerRefusal.Insufficient, _book.Try(_alice, Terms() with { First = C(5_000) }));
        Assert.Equal(LedgerRefusal.NotStaker, _book.Try(_alice, Terms() with { Nodes = [_bob.Id] }));
        Assert.Equal(LedgerRefusal.UnknownPolicy, _book.Try(_alice, new RevokePolicy(Key(_alice))));
        Assert.Equal(LedgerRefusal.UnknownPolicy, _book.Try(_alice, new RevokeArrangement(Key(_alice), _bob.Id)));
        Assert.Equal(LedgerRefusal.UnknownPolicy, _book.Try(_alice, new CollectFees(Key(_alice))));
        Assert.Equal(LedgerRefusal.None, _book.Try(_alice, Terms() with { Periods = Deal.MaxPeriods }));
        Assert.Equal(LedgerRefusal.PolicyExists, _book.Try(_alice, Terms()));
    }

    [Fact]
    public void Create_SameNodeTwiceOrNone_CannotBeWritten()
    {
        Assert.Throws<ArgumentException>(
            () => _book.Sign(_alice, Terms() with { Nodes = [_nodes[0].Id, _nodes[0].Id] }));
        Assert.Throws<ArgumentException>(() => _book.Sign(_alice, Terms() with { Nodes = [] }));
        Assert.Throws<ArgumentException>(() => _book.Sign(_alice, Terms() with { Role = (Payer)4 }));
        var nodes = Enumerable.Range(0, Deal.MaxNodes + 1).Select(i => new Person(500 + i).Id).ToArray();
        Assert.Throws<ArgumentException>(() => _book.Sign(_alice, Terms() with { Nodes = nodes }));
        Assert.NotEmpty(_book.Sign(_alice, Terms() with { Nodes = nodes[1..] }));
    }

    [Fact]
    public void Create_CollateralThatCouldBeWithdrawnBeforeTheEnd_IsRefused()
    {
        var node = new Person(20);
        _book.Do(Rest, new Transfer(node.Id, C(20_000)));
        _book.Do(node, new Stake(C(20_000), _book.Period + 12));
        Assert.Equal(LedgerRefusal.NotEligible, _book.Try(_alice, Terms() with { Nodes = [node.Id], Periods = 1 }));
        _book.GoTo(_book.Period + 1);

        Assert.Equal(LedgerRefusal.NotEligible, _book.Try(_alice, Terms() with { Nodes = [node.Id], Periods = 10 }));
        Assert.Equal(LedgerRefusal.None, _book.Try(_alice, Terms() with { Nodes = [node.Id], Periods = 9 }));
    }

    [Fact]
    [Trait("Row", "LG-28")]
    public void Create_BeyondANodesCapacity_IsFullUntilAPolicyEnds()
    {
        var book = NewBook(Small with { Capacity = 10 });
        book.Serve(C(30_000), _nodes[0]);
        book.Serve(C(70_000), _nodes[1]); // 30,000 of 100,000, K = 10: three arrangements
        var node = book.State.Stakers.Find(_nodes[0].Id)!;
        Assert.Equal(3ul, book.State.CapacityOf(node));
        Assert.Equal(3_000ul, (LedgerState.Genesis(Small, [(Rest.Id, Small.InitialSupply)]) with
        {
            Height = book.State.Height,
            Table = book.State.Table,
        }).CapacityOf(node));

        for (byte i = 0; i < 3; i++)
            book.Do(_alice, Short(i));
        Assert.Equal(LedgerRefusal.Full, book.Try(_alice, Short(3)));
        Assert.Equal(LedgerRefusal.None, book.Try(_alice, Short(3) with { Nodes = [_nodes[1].Id] }));
        book.GoTo(book.Period + 3);
        book.Do(_alice, Short(4));
    }

    [Fact]
    public void Create_AsManyAsAnAccountPaysFor_RefusesOneMore()
    {
        var book = NewBook(Small);
        book.Serve(C(20_000), _nodes);
        var key = Key(_alice);
        for (var i = 0; i < Account.MaxDeals; i++)
            book.Do(_alice, Short(i));

        Assert.Equal(LedgerRefusal.Full, book.Try(_alice, Terms()));
        book.Do(_alice, new RevokePolicy(Deal.KeyOf(Short(0).Policy, _alice.Id)));
        book.Do(_alice, Terms());
        Assert.NotNull(book.State.Deals.Find(key));
    }

    [Fact]
    public void Create_WhenAllPlacesAreTaken_IsRefused()
    {
        var book = NewBook(Small with { MaxDeals = 1 });
        book.Serve(C(20_000), _nodes);
        book.Do(_alice, Short(1));

        Assert.Equal(LedgerRefusal.Full, book.Try(_bob, Short(2)));
    }

    private Book NewBook(LedgerParameters parameters) => new(
        parameters, (_alice, C(5_000)), (_bob, C(5_000)), (_nodes[0], C(100_000)), (_nodes[1], C(100_000)),
        (_nodes[2], C(100_000)));

    private CreatePolicy Terms() =>
        new(Policy, _alice.Id, Payer.Owner, 10, 50, 30, [.. _nodes.Select(node => node.Id)]);

    private CreatePolicy Short(int i)
    {
        var policy = new PolicyId(DomainHash.Compute("test", BitConverter.GetBytes(i + 1_000)));
        return Terms() with { Policy = policy, Periods = 2, Nodes = [_nodes[0].Id] };
    }

    private static Digest Key(Person payer) => Deal.KeyOf(Policy, payer.Id);

    // The first of them is the one in which the policy was made; the last node sleeps in the last of them.
    private void PassPeriods(int periods, int inactive)
    {
        for (var i = 0; i <= periods; i++)
        {
            foreach (var node in _nodes.Where((_, place) => place < 2 || i < periods - inactive || i == periods))
                _book.Do(node, new ConfirmActivity());
            _book.GoTo(_book.Period + 1);
        }
    }

    private IEnumerable<int> Earned() => _nodes.Select(node =>
        (int)(_book.BalanceOf(node) - C(80_000)));
}
