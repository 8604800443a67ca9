using NuCypher.P2P.Dht;
using NuCypher.P2P.Ledger.Health;
using NuCypher.P2P.Ledger.Rules;
using NuCypher.P2P.Ledger.Tests.Support;
using NuCypher.P2P.Ledger.Transactions;
using static NuCypher.P2P.Ledger.Tests.Support.Book;

namespace NuCypher.P2P.Ledger.Tests.Health;

public sealed class HealthRulesTests
{
    private static readonly byte[] Salt = [.. Enumerable.Range(0, 16).Select(i => (byte)i)];

    private readonly Person[] _nodes = [.. Enumerable.Range(1, 9).Select(i => new Person(i))];
    private readonly Book _book;

    public HealthRulesTests()
    {
        _book = new Book(Small, [.. _nodes.Select(node => (node, C(50_000)))]);
        _book.Serve(C(20_000), _nodes);
        foreach (var node in _nodes)
            _book.Do(node, new ConfirmActivity());
        _book.GoTo(2); // the first rewards and the first pool are there
    }

    private HealthRound Round => _book.State.Round!;

    [Fact]
    [Trait("Row", "LG-14"), Trait("Row", "LG-15"), Trait("Row", "LG-18")]
    public void Advance_EveryTenBlocks_OpensARoundOfTheRootOfAllNodes()
    {
        for (var i = 0; i < 40; i++)
        {
            _book.Next();
            Assert.Equal(_book.State.Height / 10, Round.Number);
            Assert.Equal(3, Round.Validators.Length);
            Assert.Equal(_book.State.Height % 10 >= 5 ? 3 : 0, Round.Targets.Length);
        }
    }

    [Fact]
    [Trait("Row", "LG-15")]
    public void DrawTargets_ThreeCycles_CheckEverybodyInEach()
    {
        var seen = new List<NodeId>();

        // Three cycles' length, of which the first may have begun before.
        for (var round = 0; round < 9; round++)
        {
            _book.GoToOffset(5);
            seen.AddRange(Round.Targets);
            _book.GoToOffset(0);
        }

        Assert.All(_nodes, node => Assert.InRange(seen.Count(id => id == node.Id), 2, 4));
    }

    [Fact]
    [Trait("Row", "LG-16")]
    public void Reveal_Secrets_MakeTheBeaconThatEverybodyComputes()
    {
        _book.GoToOffset(0);
        var secrets = Seats().ToDictionary(seat => seat.Id, seat => seat.Keys.VerifyingKey.ToBytes()[1..]);
        foreach (var seat in Seats())
            _book.Do(seat,
                new CommitSecret(Round.Number, HealthCommitment.ToSecret(Round.Number, seat.Id, secrets[seat.Id])));
        _book.GoToOffset(3);
        foreach (var seat in Seats().Reverse())
            _book.Do(seat, new RevealSecret(Round.Number, secrets[seat.Id]));
        var expected = HealthCommitment.Beacon(
            Round.Number, Round.Block, Round.Validators.Select(seat => secrets[seat.Node]));

        _book.GoToOffset(5);

        Assert.Equal(expected, Round.Beacon);
        Assert.Equal((UInt128)0, _book.State.Bonds);
    }

    [Fact]
    [Trait("Row", "LG-16"), Trait("Row", "LG-19")]
    public void Secret_WithheldOrAnother_LosesTheBond()
    {
        _book.GoToOffset(0);
        var (burnt, seats) = (_book.State.Burnt, Seats().ToArray());
        foreach (var seat in seats)
            _book.Do(seat,
                new CommitSecret(Round.Number, HealthCommitment.ToSecret(Round.Number, seat.Id, new byte[32])));
        Assert.Equal(LedgerRefusal.AlreadyDone, _book.Try(seats[0], new CommitSecret(Round.Number, default)));
        Assert.Equal(LedgerRefusal.OutOfTurn, _book.Try(seats[0], new RevealSecret(Round.Number, new byte[32])));
        _book.GoToOffset(3);
        Assert.Equal(LedgerRefusal.LateCommit, _book.Try(seats[0], new CommitSecret(Round.Number, default)));

        _book.Do(seats[0], new RevealSecret(Round.Number, new byte[32]));
        Assert.Equal(LedgerRefusal.AlreadyDone, _book.Try(seats[0], new RevealSecret(Round.Number, new byte[32])));
        byte[] another = [1, .. new byte[31]];
        _book.Do(seats[1], new RevealSecret(Round.Number, another));
        Assert.IsType<BondBurnt>(Assert.Single(_book.Events));
        Assert.Equal(LedgerRefusal.LateCommit, _book.Try(seats[1], new RevealSecret(Round.Number, new byte[32])));
        _book.GoToOffset(0); // the third never reveals

        Assert.Equal(burnt + C(10), _book.State.Burnt);
        Assert.Equal((UInt128)0, _book.State.Bonds);
    }

    [Fact]
    [Trait("Row", "LG-19"), Trait("Row", "LG-20"), Trait("Row", "LG-21")]
    public void Votes_MajorityOfStake_DecidesIsPaidAndCostsTheUnhealthyItsMeanReward()
    {
        _book.GoToOffset(5);
        var (round, seats, target) = (Round.Number, Seats().ToArray(), Round.Targets[0]);
        var before = _book.State.Stakers.Find(target)!;
        var pool = _book.State.HealthPool;
        Vote(seats[0], true);
        Vote(seats[1], true);
        Vote(seats[2], false);
        Assert.Equal(LedgerRefusal.OutOfTurn, _book.Try(seats[0], new RevealVote(round, target, true, Salt)));
        _book.GoToOffset(7);
        Assert.Equal(LedgerRefusal.LateCommit, _book.Try(seats[0], new CommitVote(round, target, default)));
        var balances = seats.Select(_book.BalanceOf).ToArray();
        foreach (var (seat, word) in seats.Zip((bool[])[true, true, false]))
            _book.Do(seat, new RevealVote(round, target, word, Salt));

        while (!_book.Events.OfType<HealthJudged>().Any())
            _book.Next();

        var judged = Assert.Single(_book.Events.OfType<HealthJudged>(), happened => happened.Node == target);
        var mean = before.MintedSinceCheck / before.MintsSinceCheck;
        Assert.Equal((true, mean), (judged.IsUnhealthy, judged.Lost));
        Assert.Equal(before.Rewards - mean, _book.State.Stakers.Find(target)!.Rewards);
        Assert.Equal(0u, _book.State.Stakers.Find(target)!.MintsSinceCheck);
        var share = pool / 2 / 3; // the first of two rounds in this period, and the first of three targets
        Assert.Equal(balances[0] + C(5) + (share / 2), _book.BalanceOf(seats[0]));
        Assert.Equal(balances[2] + C(5), _book.BalanceOf(seats[2]));
        Assert.Equal(pool - (share / 2 * 2), _book.State.HealthPool);

        void Vote(Person seat, bool word) =>
            _book.Do(seat, new CommitVote(round, target, HealthCommitment.ToVote(round, seat.Id, target, word, Salt)));
    }

    [Fact]
    [Trait("Row", "LG-19")]
    public void Votes_OtherWordOtherSaltOrNone_LoseTheBond()
    {
        _book.GoToOffset(5);
        var (round, seats, target, burnt) = (Round.Number, Seats().ToArray(), Round.Targets[0], _book.State.Burnt);
        foreach (var seat in seats)
            _book.Do(seat, new CommitVote(round, target, HealthCommitment.ToVote(round, seat.Id, target, true, Salt)));
        Assert.Equal(LedgerRefusal.AlreadyDone, _book.Try(seats[0], new CommitVote(round, target, default)));
        Assert.Equal(C(15), _book.State.Bonds);
        _book.GoToOffset(7);

        _book.Do(seats[0], new RevealVote(round, target, false, Salt));
        _book.Do(seats[1], new RevealVote(round, target, true, new byte[16]));
        Assert.Equal(LedgerRefusal.LateCommit, _book.Try(seats[1], new RevealVote(round, target, true, Salt)));
        while (_book.State.Round!.Number == round)
            _book.Next();

        Assert.Equal(burnt + C(15), _book.State.Burnt);
        Assert.All(_book.Events.OfType<HealthJudged>(), judged => Assert.Null(judged.IsUnhealthy));
    }

    [Fact]
    public void Word_OfWhoIsNoValidatorOrOnWhoIsNoTarget_IsRefused()
    {
        _book.GoToOffset(0);
        var stranger = _nodes.First(node => Round.PlaceOf(node.Id) < 0);
        var seat = Seats().First();

        Assert.Equal(LedgerRefusal.NotInRound, _book.Try(stranger, new CommitSecret(Round.Number, default)));
        Assert.Equal(LedgerRefusal.NotInRound, _book.Try(seat, new CommitSecret(Round.Number + 1, default)));
        Assert.Equal(LedgerRefusal.OutOfTurn, _book.Try(seat, new CommitVote(Round.Number, _nodes[0].Id, default)));
        _book.GoToOffset(5);
        var missed = _nodes.First(node => !Round.Targets.Contains(node.Id));
        Assert.Equal(LedgerRefusal.NotInRound, _book.Try(seat, new CommitVote(Round.Number, missed.Id, default)));
        _book.Do(seat, new Transfer(Rest.Id, _book.BalanceOf(seat) - C(5) + 1));
        Assert.Equal(
            LedgerRefusal.Insufficient, _book.Try(seat, new CommitVote(Round.Number, Round.Targets[0], default)));
    }

    [Fact]
    [Trait("Row", "LG-19")]
    public void RevealVote_SaltOutOfItsLimits_CannotBeWritten()
    {
        var seat = Seats().First();

        Assert.Throws<ArgumentException>(() => _book.Sign(seat, new RevealVote(1, seat.Id, true, new byte[15])));
        Assert.Throws<ArgumentException>(() => _book.Sign(seat, new RevealVote(1, seat.Id, true, new byte[65])));
        Assert.NotEmpty(_book.Sign(seat, new RevealVote(1, seat.Id, true, new byte[64])));
    }

    [Fact]
    [Trait("Row", "LG-18")]
    public void Validators_IdsEquallyNear_AreChosenAlikeWhereverTheyStand()
    {
        const int rounds = 4_000;
        byte[][] ids = [.. Enumerable.Range(0, 8).Select(bit => (byte[])[(byte)(1 << bit), 0, 0])];
        var chosen = new int[ids.Length];

        for (var i = 0; i < rounds; i++)
        {
            foreach (var place in HealthChoice.Validators(ids, [0, (byte)(i >> 8), (byte)(i & 0xFF)], 4))
                chosen[place]++;
        }

        Assert.All(chosen, times => Assert.InRange(times, 1_800, 2_200)); // half of them; sigma is 32
    }

    private IEnumerable<Person> Seats() =>
        Round.Validators.Select(seat => _nodes.Single(node => node.Id == seat.Node));
}
