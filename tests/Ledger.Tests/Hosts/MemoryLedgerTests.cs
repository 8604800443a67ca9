using NuCypher.P2P.Ledger.Blocks;
using NuCypher.P2P.Ledger.Hosts;
using NuCypher.P2P.Ledger.Policies;
using NuCypher.P2P.Ledger.Rules;
using NuCypher.P2P.Ledger.State;
using NuCypher.P2P.Ledger.Tests.Support;
using NuCypher.P2P.Ledger.Transactions;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Wire;
using static NuCypher.P2P.Ledger.Tests.Support.Book;

namespace NuCypher.P2P.Ledger.Tests.Hosts;

public sealed class MemoryLedgerTests : LedgerContract
{
    private static readonly DateTimeOffset Now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Person Keeper = new(77);

    private readonly MemoryLedger _ledger = New();

    private protected override ILedger Ledger => _ledger;

    [Fact]
    public void Seal_BlocksOfRandomTransactions_LeadFollowersToTheSameState()
    {
        var follower = Follower();
        var random = new Random(3);

        for (var block = 0; block < 60; block++)
        {
            for (var i = random.Next(5); i > 0; i--)
                _ledger.Submit(Sign(random.Next(2) == 0 ? Alice : Bob, Any(random)));
            Assert.Equal(
                BlockRefusal.None, follower.Follow(_ledger.Seal(Now, new SeededRandom(block)).Span, out follower));
            Assert.Equal(_ledger.Head.State.Root, follower.State.Root);
            Assert.Equal(_ledger.Head.Block, follower.Block);
        }

        Assert.Equal(60ul, _ledger.Height);
        Assert.True(follower.State.Audit().IsConserved);
    }

    [Fact]
    public void Follow_BlockThatBreaksARule_StopsAndSaysWhich()
    {
        var follower = Follower();
        _ledger.Submit(Sign(Alice, new Transfer(Bob.Id, 5)));
        var first = _ledger.Seal(Now, new SeededRandom(1));
        Assert.True(SignedMessage.TryRead<Block>(first.Span, out var message, out _));
        var good = message.Claims;
        var mallory = new Person(78);
        var altered = first.ToArray();
        altered[^1] ^= 1;

        Is(BlockRefusal.Malformed, first.ToArray()[..^1]);
        Is(BlockRefusal.BadSignature, altered);
        Is(BlockRefusal.BadSignature, Signed(good, mallory));
        Is(BlockRefusal.WrongChain, Signed(good with { Chain = default }));
        Is(BlockRefusal.WrongHeight, Signed(good with { Height = 2 }));
        Is(BlockRefusal.WrongPrevious, Signed(good with { Previous = good.StateRoot }));
        Is(BlockRefusal.WrongState, Signed(good with { StateRoot = default }));
        Is(BlockRefusal.WrongState, Signed(good with { Transactions = [] }));
        Is(BlockRefusal.RefusedTransaction,
            Signed(good with { Transactions = [good.Transactions[0], good.Transactions[0]] }));
        Is(BlockRefusal.RefusedTransaction, Signed(good with { Transactions = [new byte[3]] }));
        Assert.Equal(BlockRefusal.None, follower.Follow(first.Span, out var next));
        Assert.Equal(BlockRefusal.WrongHeight, next.Follow(first.Span, out var same));
        Assert.Same(next, same);
        var second = _ledger.Seal(Now, new SeededRandom(2));
        Assert.True(SignedMessage.TryRead<Block>(second.Span, out var later, out _));
        Assert.Equal(
            BlockRefusal.TimeWentBack, next.Follow(Signed(later.Claims with { Time = Now.AddSeconds(-1) }), out _));
        Assert.Equal(BlockRefusal.None, next.Follow(second.Span, out _));

        void Is(BlockRefusal refusal, byte[] block)
        {
            Assert.Equal(refusal, follower.Follow(block, out var at));
            Assert.Same(follower, at);
        }
    }

    [Fact]
    public void IsEquivocation_TwoBlocksOfOneHeight_ProveThatTheKeeperLies()
    {
        var (other, head) = (New(), Follower());
        _ledger.Submit(Sign(Alice, new Transfer(Bob.Id, 5)));
        var (one, two) = (_ledger.Seal(Now, new SeededRandom(1)), other.Seal(Now, new SeededRandom(1)));

        Assert.True(head.IsEquivocation(one.Span, two.Span));
        Assert.False(head.IsEquivocation(one.Span, one.Span));
        Assert.False(head.IsEquivocation(one.Span, _ledger.Seal(Now, new SeededRandom(2)).Span));
        Assert.False(head.IsEquivocation(one.Span, []));
    }

    [Fact]
    public void Submit_AsManyAsABlockHolds_RefusesOneMoreUntilItIsSealed()
    {
        for (var i = 0; i < Block.MaxTransactions; i++)
            Assert.Equal(LedgerRefusal.None, _ledger.Submit(Sign(Alice, new Transfer(Alice.Id, 1))));

        Assert.Equal(LedgerRefusal.Full, _ledger.Submit(Sign(Alice, new Transfer(Alice.Id, 1))));
        var follower = Follower();
        Assert.Equal(BlockRefusal.None, follower.Follow(_ledger.Seal(Now, new SeededRandom(1)).Span, out _));
        Assert.Equal(LedgerRefusal.None, _ledger.Submit(Sign(Alice, new Transfer(Alice.Id, 1))));
    }

    [Fact]
    public void Submit_AsManyBytesAsABlockHolds_RefusesMore()
    {
        var size = 0;
        var evidence = new SubmitEvidence(new byte[9_000]);
        while (true)
        {
            var transaction = Sign(Alice, evidence);
            var refusal = _ledger.Submit(transaction);
            if (refusal == LedgerRefusal.Full)
                break;
            Assert.Equal(LedgerRefusal.None, refusal);
            size += transaction.Length + 2;
        }

        Assert.InRange(size, Block.MaxPayload - 9_300, Block.MaxPayload);
        Assert.Equal(BlockRefusal.None, Follower().Follow(_ledger.Seal(Now, new SeededRandom(1)).Span, out _));
    }

    [Fact]
    [Trait("Row", "LG-28")]
    public void MayTakeArrangement_ByStake_UntilTheNodeIsFull()
    {
        _ledger.Submit(Sign(Alice, new Stake(C(15_000), 100)));
        Assert.False(_ledger.MayTakeArrangement(Alice.Id));
        while (_ledger.State.Period == 0)
            _ledger.Seal(Now, new SeededRandom(1));

        Assert.Equal(C(15_000), _ledger.StakeOf(Alice.Id));
        Assert.Equal([Alice.Id], _ledger.Draw(1, new SeededRandom(1))!);
        for (byte i = 0; i < 2; i++)
        {
            Assert.True(_ledger.MayTakeArrangement(Alice.Id));
            var policy = new PolicyId(DomainHash.Compute("test", [i]));
            Assert.Equal(LedgerRefusal.None,
                _ledger.Submit(Sign(Bob, new CreatePolicy(policy, Bob.Id, Payer.Owner, 1, 0, 1, [Alice.Id]))));
        }

        Assert.False(_ledger.MayTakeArrangement(Alice.Id));
    }

    private static MemoryLedger New() => new(Genesis(), Keeper.Keys.Signer);

    private static LedgerHead Follower() => new(Genesis(), default, DateTimeOffset.UnixEpoch, Keeper.Keys.VerifyingKey);

    private static LedgerState Genesis() => LedgerState.Genesis(
        Small with { Capacity = 2 },
        [(Alice.Id, C(100_000)), (Bob.Id, C(1_000)), (Rest.Id, Small.InitialSupply - C(101_000))]);

    private static LedgerOperation Any(Random random) => random.Next(4) switch
    {
        0 => new Stake(C((ulong)random.Next(1, 20_000)), (ulong)random.Next(2, 9)),
        1 => new ConfirmActivity(),
        2 => new Withdraw(0),
        _ => new Transfer(Bob.Id, C((ulong)random.Next(1, 50))),
    };

    private static byte[] Signed(Block block, Person? signer = null) =>
        SignedMessage.Sign(block, (signer ?? Keeper).Keys.Signer, new SeededRandom(9)).Bytes.ToArray();
}
