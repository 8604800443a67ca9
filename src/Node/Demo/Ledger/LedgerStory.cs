using System.Text;
using NuCypher.P2P.Ledger.Accounts;
using NuCypher.P2P.Ledger.Blocks;
using NuCypher.P2P.Ledger.Evidence;
using NuCypher.P2P.Ledger.Health;
using NuCypher.P2P.Ledger.Merkle;
using NuCypher.P2P.Ledger.Policies;
using NuCypher.P2P.Ledger.Rules;
using NuCypher.P2P.Ledger.State;
using NuCypher.P2P.Ledger.Transactions;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Wire;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Node.Demo.Ledger;

/// <summary>
/// The ledger, end to end and offline: stake, a policy that is paid for, receipts, a lazy Ursula, a refund, votes,
/// emission.
/// </summary>
internal sealed class LedgerStory : IDisposable
{
    private const int Ursulas = 8;
    private const int Shares = 5;
    private const int Threshold = 3;
    private const uint Periods = 30;
    private const int Served = 12;

    private static readonly UInt128 Stake = Coins.Of(20_000);
    private static readonly UInt128 Rate = Coins.Of(10);
    private static readonly UInt128 First = Coins.Of(50);

    private readonly RandomSource _random;
    private readonly DateTimeOffset _now;
    private readonly LedgerPerson _keeper;
    private readonly LedgerPerson _alice;
    private readonly LedgerPerson _bob;
    private readonly LedgerPerson _poor;
    private readonly LedgerUrsula[] _ursulas;
    private readonly LedgerPolicy _policy;
    private LedgerBook? _book;
    private LedgerUrsula[] _holders = [];
    private LedgerUrsula? _lazy;

    /// <summary>Prepares the cast.</summary>
    /// <param name="now">The date on what is signed.</param>
    /// <param name="random">For keys and signatures.</param>
    public LedgerStory(DateTimeOffset now, RandomSource random)
    {
        (_now, _random) = (now, random);
        (_keeper, _alice, _bob, _poor) = (
            new("the book-keeper", random), new("Alice", random), new("Bob", random), new("a poor node", random));
        _ursulas = [.. Enumerable.Range(1, Ursulas).Select(i => new LedgerUrsula($"Ursula {i}", random))];
        _policy = new LedgerPolicy(_alice, _bob, random);
    }

    private LedgerBook Book => _book!; // Found comes first

    private Digest DealKey => Deal.KeyOf(_policy.Id, _alice.Id);

    /// <summary>Tells it.</summary>
    public async Task TellAsync(DemoNarrator narrator)
    {
        foreach (var (name, step) in ((string, Func<string>)[])
        [
            ("ledger", Found), ("stake", PutUpStake), ("draw", DrawByStake), ("pay", Pay),
            ("grant", Grant), ("receipts", PostReceipts), ("lazy", CatchTheLazy), ("honest", AccuseTheHonest),
            ("refund", Refund), ("votes", Vote), ("emission", Mint), ("follow", Follow),
        ])
            await narrator.TellAsync(name, () => Task.FromResult(step()));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var ursula in _ursulas)
            ursula.Dispose();
        foreach (var person in (LedgerPerson[])[_keeper, _alice, _bob, _poor])
            person.Dispose();
    }

    private string Found()
    {
        var parameters = new LedgerParameters { BlocksPerPeriod = 20 };
        LedgerPerson[] rich = [_alice, _bob, _poor, .. _ursulas.Select(ursula => ursula.Person)];
        var each = Coins.Of(30_000);
        var genesis = LedgerState.Genesis(
            parameters,
            [.. rich.Select(person => (person.Id, each)),
                (_keeper.Id, parameters.InitialSupply - (each * (UInt128)rich.Length))]);
        _book = new LedgerBook(genesis, _keeper, _random);
        Book.Seal(_now);
        return $"{Coins.Text(parameters.InitialSupply)} coins in {rich.Length + 1} accounts; "
            + "a follower computes every block again and counts every coin";
    }

    private string PutUpStake()
    {
        foreach (var ursula in _ursulas)
            Book.Do(ursula.Person, new Stake(Stake, 1_000));
        Book.Do(_poor, new Stake(Coins.Of(15_000) - 1, 1_000));
        Confirm(_ursulas);
        Book.GoTo(1, _now);
        DemoNarrator.Check(Book.State.Table.Count == Ursulas, "all but the poor node can be chosen");
        DemoNarrator.Check(Book.State.Table.Total == Stake * Ursulas, "D is the sum of their stakes");
        DemoNarrator.Check(Book.Try(_poor, new ConfirmActivity()) == LedgerRefusal.BelowMinimum,
            "one unit less than 15,000 coins isn't enough");
        DemoNarrator.Check(
            Book.Try(_ursulas[0].Person, new Withdraw(0)) == LedgerRefusal.Locked, "stake that is locked stays");
        return $"{Ursulas} Ursulas lock {Coins.Text(Stake)} coins each; one with a unit less than 15,000 isn't chosen";
    }

    private string DrawByStake()
    {
        var secret = new byte[32];
        _random.Fill(secret);
        var drawn = Book.State.Table.Draw(Shares, DomainHash.Compute("demo", secret));
        DemoNarrator.Check(drawn?.Distinct().Count() == Shares, $"{Shares} different Ursulas are drawn");
        var again = Book.State.Table.Draw(Shares, DomainHash.Compute("demo", secret));
        DemoNarrator.Check(again!.SequenceEqual(drawn!), "whoever knows the seed draws the same");
        _holders = [.. drawn!.Select(id => _ursulas.Single(ursula => ursula.Person.Id == id))];
        var names = string.Join(", ", _holders.Select(ursula => ursula.Person.Name));
        return $"{Shares} of {Ursulas}, in proportion to stake, from a seed: {names}";
    }

    private string Pay()
    {
        var before = Book.BalanceOf(_alice);
        var create = new CreatePolicy(
            _policy.Id, _alice.Id, Payer.Owner, Rate, First, Periods, [.. _holders.Select(ursula => ursula.Person.Id)]);
        DemoNarrator.Check(
            Book.Try(_alice, create with { Rate = Coins.Of(1_000) }) == LedgerRefusal.Insufficient,
            "Alice can't promise what she hasn't");
        Book.Do(_alice, create);
        var deposit = before - Book.BalanceOf(_alice);
        DemoNarrator.Check(deposit == (First + (Rate * Periods)) * Shares, "the deposit is n (first + rate periods)");
        DemoNarrator.Check(Book.Try(_alice, create) == LedgerRefusal.PolicyExists, "nobody pays twice by mistake");
        Book.Seal(_now);
        return $"Alice deposits {Coins.Text(deposit)} coins: "
            + $"{Shares} × ({Coins.Text(First)} + {Coins.Text(Rate)} × {Periods} periods)";
    }

    private string Grant()
    {
        DemoNarrator.Check(
            _policy.Grant(_holders, Threshold, _now), "Alice's ordinary session grants to those that were drawn");
        DemoNarrator.Check(_policy.Confirmed == Shares, "Alice keeps every deposit and the receipt for it");
        DemoNarrator.Check(
            _policy.Read(_holders[..Threshold], Encoding.UTF8.GetBytes("paid and readable"), _now), "Bob reads");
        return $"{Threshold} of {Shares} to Bob; {_policy.Confirmed} deposits with receipts kept, Bob reads";
    }

    private string PostReceipts()
    {
        var (worker, tree) = (_holders[0], _holders[0].Receipts);
        Confirm(_ursulas);
        Book.GoTo(2, _now);
        var post = Book.Sign(worker.Person, new PostReceipts(1, tree.Root, (uint)tree.Count));
        Book.Do(worker.Person, new PostReceipts(1, tree.Root, (uint)tree.Count));
        Book.Seal(_now);
        var posted = Book.Follower.State.Stakers.Find(worker.Person.Id)!.Posted[^1];
        var (request, response) = _policy.AnswerOf(worker);
        var proof = tree.Prove(ReceiptTree.LeafOf(request, response));
        DemoNarrator.Check(post.Length <= 256, "a period's work is one transaction of at most 256 bytes");
        DemoNarrator.Check(
            proof?.Holds(posted.Root, (int)posted.Count) == true, "what Bob was answered is in the tree");
        var other = ReceiptTree.LeafOf(request, [1]);
        DemoNarrator.Check(
            tree.Prove(other) is null && tree.ProveAbsence(other)!.Holds(other, posted.Root, (int)posted.Count),
            "what he wasn't is not");
        return $"{worker.Person.Name} posts a period's root ({post.Length} bytes); "
            + "Bob's answer is proved to be in it, another one not to be";
    }

    private string CatchTheLazy()
    {
        _lazy = _holders[^1];
        _lazy.IsLazy = true;
        DemoNarrator.Check(_policy.Ask(_lazy, _policy.Probe(), _now) is null, "Bob sees that the fragment is none");
        DemoNarrator.Check(_policy.Read(_holders[..Threshold], Encoding.UTF8.GetBytes("in spite of her"), _now),
            "Bob reads all the same");
        var evidence = new SubmitEvidence(_policy.EvidenceAgainst(_lazy));
        var (balance, burnt) = (Book.BalanceOf(_bob), Book.State.Burnt);
        Book.Do(_bob, evidence);
        var (lost, bounty) = (Stake / 20, Stake / 100);
        DemoNarrator.Check(
            Book.State.Stakers.Find(_lazy.Person.Id)!.Slashable == Stake - lost, "she loses 5 % of her stake");
        DemoNarrator.Check(Book.BalanceOf(_bob) == balance + bounty, "who challenged her has a fifth of it");
        DemoNarrator.Check(Book.State.Burnt == burnt + lost - bounty, "the rest is burnt");
        DemoNarrator.Check(
            Book.Try(_bob, evidence) == LedgerRefusal.AlreadyJudged, "nobody is punished twice for the same");
        Book.Seal(_now);
        return $"{_lazy.Person.Name} signs noise: {Coins.Text(lost)} coins slashed "
            + $"on {evidence.Evidence.Length} bytes of evidence, {Coins.Text(bounty)} to Bob, the rest burnt";
    }

    private string AccuseTheHonest()
    {
        var honest = _holders[0];
        DemoNarrator.Check(_policy.Ask(honest, _policy.Probe(), _now) is not null, "her fragment is right");
        var (balance, stake) = (Book.BalanceOf(_bob), Book.State.Stakers.Find(honest.Person.Id)!.Slashable);
        Book.Do(_bob, new SubmitEvidence(_policy.EvidenceAgainst(honest)));
        DemoNarrator.Check(
            Book.Events.OfType<Dismissed>().Last().Reason == VerdictReason.Correct,
            "the judge finds her answer correct");
        DemoNarrator.Check(Book.State.Stakers.Find(honest.Person.Id)!.Slashable == stake, "she keeps her stake");
        DemoNarrator.Check(
            Book.BalanceOf(_bob) == balance - Book.State.Parameters.FilingFee, "the accuser pays the filing fee");
        Book.Seal(_now);
        var fee = Coins.Text(Book.State.Parameters.FilingFee);
        return $"accused with her true answer, {honest.Person.Name} loses nothing; Bob {fee} coins";
    }

    private string Refund()
    {
        var before = Book.BalanceOf(_alice);
        while (Book.State.Period < Served + 2)
        {
            Confirm(_ursulas.Where(ursula => ursula != _lazy));
            Book.GoTo(Book.State.Period + 1, _now);
        }

        // The policy began with period 2, for which all had confirmed; from then on the lazy one sleeps.
        Book.Do(_alice, new RevokeArrangement(DealKey, _lazy!.Person.Id));
        var back = Book.BalanceOf(_alice) - before;
        DemoNarrator.Check(
            back == Rate * (Periods - 1), "for her part Alice gets back all but one period's fee and the first");
        var earned = Book.BalanceOf(_holders[0].Person);
        Book.Do(_holders[0].Person, new CollectFees(DealKey));
        DemoNarrator.Check(
            Book.BalanceOf(_holders[0].Person) - earned == First + (Rate * Served),
            $"an honest Ursula has earned {Served} periods");
        Book.Do(_alice, new RevokePolicy(DealKey));
        var all = Book.BalanceOf(_alice) - before;
        DemoNarrator.Check(
            all == back + (Rate * (Periods - Served) * (Shares - 1)), "the rest comes back with the policy's end");
        DemoNarrator.Check(Book.State.Deals.Count == 0, "nothing stays in escrow");
        Book.Seal(_now);
        return $"after {Served} periods Alice ends it: {Coins.Text(back)} coins back for the lazy one, "
            + $"{Coins.Text(all)} in all, to the unit";
    }

    private string Vote()
    {
        Book.GoToOffset(1, _now);
        var round = Book.State.Round!;
        var seats = round.Validators.Select(seat => _ursulas.Single(ursula => ursula.Person.Id == seat.Node).Person)
            .ToArray();
        var secrets = seats.Select(_ => Fresh(HealthCommitment.SecretSize)).ToArray();
        foreach (var (seat, secret) in seats.Zip(secrets))
            Book.Do(seat, new CommitSecret(round.Number, HealthCommitment.ToSecret(round.Number, seat.Id, secret)));
        Book.GoToOffset(3, _now);
        foreach (var (seat, secret) in seats.Zip(secrets))
            Book.Do(seat, new RevealSecret(round.Number, secret));
        Book.GoToOffset(5, _now);
        DemoNarrator.Check(
            Book.State.Round!.Beacon == HealthCommitment.Beacon(round.Number, round.Block, secrets),
            "everybody computes the same beacon");
        return CountVotes(seats, Book.State.Round!);
    }

    private string CountVotes(LedgerPerson[] seats, HealthRound round)
    {
        var target = _ursulas.Single(ursula => ursula.Person.Id == round.Targets[0]);
        var staker = Book.State.Stakers.Find(target.Person.Id)!;
        var votes = seats.Index()
            .Select(seat => (Seat: seat.Item, Word: seat.Index < 2, Salt: Fresh(HealthCommitment.MinSalt))).ToArray();
        foreach (var (seat, word, salt) in votes)
        {
            var commitment = HealthCommitment.ToVote(round.Number, seat.Id, target.Person.Id, word, salt);
            Book.Do(seat, new CommitVote(round.Number, target.Person.Id, commitment));
        }

        Book.GoToOffset(7, _now);
        DemoNarrator.Check(
            Book.Try(seats[0], new CommitVote(round.Number, target.Person.Id, default)) == LedgerRefusal.LateCommit,
            "a vote comes in time or not at all");
        foreach (var (seat, word, salt) in votes)
            Book.Do(seat, new RevealVote(round.Number, target.Person.Id, word, salt));
        Book.GoToOffset(0, _now);
        var judged = Book.Events.OfType<HealthJudged>().First();
        var mean = Ballot.Loss(staker.MintedSinceCheck, staker.MintsSinceCheck);
        DemoNarrator.Check(judged is { IsUnhealthy: true } && judged.Node == target.Person.Id,
            "two of three say that it is unhealthy");
        DemoNarrator.Check(judged.Lost == mean, "it loses the mean of its rewards");
        DemoNarrator.Check(
            judged.PaidToVoters > 0 && Book.State.Bonds == 0, "who was right is paid, and all bonds are back");
        return $"{seats.Length} of {Ursulas} check {round.Targets.Length} that a beacon drew; "
            + $"by 2 votes to 1 {target.Person.Name} loses {Coins.Text(mean)} coins";
    }

    private string Mint()
    {
        var minted = UInt128.Zero;
        for (var i = 0; i < 3; i++)
        {
            Confirm(_ursulas);
            var (before, carried) = (Book.State.Minted, Book.State.RewardCarry);
            Book.GoTo(Book.State.Period + 1, _now);
            var ended = Book.Events.OfType<PeriodEnded>().Single();
            var rewards = Book.Events.OfType<RewardMinted>()
                .Aggregate(UInt128.Zero, (sum, reward) => sum + reward.Amount);
            var forHealth = ended.Minted * Book.State.Parameters.HealthPercent / 100;
            DemoNarrator.Check(Book.State.Minted == before + ended.Minted, "what is minted is counted");
            DemoNarrator.Check(
                rewards + forHealth + Book.State.RewardCarry == ended.Minted + carried,
                "all that is minted goes to stakers and checkers");
            minted += ended.Minted;
        }

        var winner = _ursulas[0].Person;
        var (owed, balance) = (Book.State.Stakers.Find(winner.Id)!.Rewards, Book.BalanceOf(winner));
        Book.Do(winner, new CollectRewards());
        DemoNarrator.Check(Book.BalanceOf(winner) == balance + owed, "rewards come to the balance to the unit");
        Book.Seal(_now);
        return $"{Coins.Text(minted)} coins in three periods, divided by stake to the unit; "
            + $"{winner.Name} collects {Coins.Text(owed)}";
    }

    private string Follow()
    {
        DemoNarrator.Check(
            SignedMessage.TryRead<Block>(Book.LastBlock, out var last, out _), "the last block can be read");
        var lie = last!.Claims with
        {
            Height = Book.Follower.State.Height + 1,
            Previous = Book.Follower.Block,
            Transactions = [],
            StateRoot = default,
        };
        var forged = SignedMessage.Sign(lie, _keeper.Keys.Signer, _random);
        var refusal = Book.Follower.Follow(forged.Bytes.Span, out _);
        DemoNarrator.Check(refusal == BlockRefusal.WrongState,
            $"a book-keeper that lies about the state is stopped (the follower says {refusal})");
        DemoNarrator.Check(
            Book.Follower.IsEquivocation(Book.LastBlock,
                SignedMessage.Sign(last.Claims with { StateRoot = default }, _keeper.Keys.Signer, _random).Bytes.Span),
            "two blocks of one height prove that it lies");
        var audit = Book.Follower.State.Audit();
        return $"{Book.Follower.State.Height} blocks computed again; {Coins.Text(audit.Sum)} coins, "
            + $"{Coins.Text(audit.Burnt)} of them burnt, conserved at every block";
    }

    private void Confirm(IEnumerable<LedgerUrsula> ursulas)
    {
        foreach (var ursula in ursulas)
            Book.Do(ursula.Person, new ConfirmActivity());
    }

    private byte[] Fresh(int length)
    {
        var bytes = new byte[length];
        _random.Fill(bytes);
        return bytes;
    }
}
