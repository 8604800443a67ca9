using CsCheck;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Ledger.Accounts;
using NuCypher.P2P.Ledger.Health;
using NuCypher.P2P.Ledger.Policies;
using NuCypher.P2P.Ledger.Rules;
using NuCypher.P2P.Ledger.State;
using NuCypher.P2P.Ledger.Tests.Support;
using NuCypher.P2P.Ledger.Transactions;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Wire;

namespace NuCypher.P2P.Ledger.Tests;

/// <summary>
/// Random transactions, most of them possible and many not: no coin comes from nowhere, none gets lost, nothing throws.
/// </summary>
public sealed class ConservationProperties(ITestOutputHelper output)
{
    private static readonly Person[] People = [.. Enumerable.Range(1, 6).Select(i => new Person(i))];

    private static readonly ulong[] Edges = [100 * Coins.Units, 5_000 * Coins.Units, ulong.MaxValue];

    private static readonly LedgerParameters Parameters = Book.Small with
    {
        MinimumStake = Coins.Of(100),
        Capacity = 6,
        FilingFee = Coins.Of(1),
        Bond = Coins.Of(1),
        MaxAccounts = 8,
    };

    private static readonly Gen<(int Who, int Kind, int Other, ulong Amount, int Number)[]> Steps =
        Gen.Select(Gen.Int[0, 5], Gen.Int[0, 22], Gen.Int[0, 7], Amounts(), Gen.Int[0, 12]).Array[1, 150];

    [Fact]
    [Trait("Row", "LG-01"), Trait("Row", "LG-27")]
    public void Execute_RandomSequences_ConserveEveryCoin() =>
        Steps.Sample(Conserves, writeLine: output.WriteLine, iter: 40);

    [Fact]
    [Trait("Category", "Long"), Trait("Row", "LG-01")]
    public void Execute_HundredThousandRandomTransactions_ConserveEveryCoin() =>
        Steps.Sample(Conserves, writeLine: output.WriteLine, iter: 1_400);

    private static Gen<ulong> Amounts() => Gen.OneOf(
        Gen.ULong[0, 3], Gen.ULong[0, 500 * Coins.Units], Gen.Int[0, 2].Select(i => Edges[i]));

    private static void Conserves((int Who, int Kind, int Other, ulong Amount, int Number)[] steps)
    {
        var each = Coins.Of(2_000);
        var state = LedgerState.Genesis(
            Parameters,
            [.. People.Select(person => (person.Id, each)),
                (Book.Rest.Id, Parameters.InitialSupply - (each * (UInt128)People.Length))]);
        var minted = UInt128.Zero;
        foreach (var (step, index) in steps.Select((step, index) => (step, index)))
        {
            var outcome = step.Kind >= 20
                ? Advance(state, (step.Number * 3) + 1, index)
                : LedgerCore.Execute(state, Signed(state, People[step.Who], OperationOf(state, step)));
            if (!outcome.IsTaken)
                Assert.Same(state, outcome.State);
            state = outcome.State;
            var audit = state.Audit();
            Assert.True(audit.IsConserved, $"step {index}, {step}: {audit}");
            Assert.True(state.Minted >= minted && state.Minted <= Parameters.MaxSupply - Parameters.InitialSupply);
            Assert.True(state.Accounts.Count <= Parameters.MaxAccounts);
            minted = state.Minted;
        }
    }

    private static LedgerOutcome Advance(LedgerState state, int blocks, int index)
    {
        for (var i = 0; i < blocks; i++)
            state = LedgerCore.Advance(state, DomainHash.Compute("test", [(byte)index, (byte)i])).State;
        return new(state, [], LedgerRefusal.None);
    }

    private static SignedMessage<Transaction> Signed(LedgerState state, Person person, LedgerOperation operation)
    {
        var nonce = state.Accounts.Find(person.Id)!.Nonce;
        var signed = SignedMessage.Sign(
            new Transaction(state.Chain, person.Keys.VerifyingKey, nonce, ulong.MaxValue, operation),
            person.Keys.Signer, new SeededRandom(1));
        Assert.True(SignedMessage.TryRead<Transaction>(signed.Bytes.Span, out var message, out _));
        return message;
    }

    private static LedgerOperation OperationOf(
        LedgerState state, (int Who, int Kind, int Other, ulong Amount, int Number) step)
    {
        var (me, number, amount) = (People[step.Who].Id, (byte)step.Number, (UInt128)step.Amount);
        var other = step.Other < People.Length ? People[step.Other].Id : new Person(step.Other + 50).Id;
        var policy = new PolicyId(DomainHash.Compute("test", [number]));
        var deal = Deal.KeyOf(policy, other);
        var round = state.Round?.Number ?? 0;
        var target = state.Round is { Targets: { Length: > 0 } targets } ? targets[number % targets.Length] : other;
        return step.Kind switch
        {
            0 => new Transfer(other, amount),
            1 => new Approve(other, number % 2 == 0 ? 0 : amount, amount),
            2 => new TransferFrom(other, me, amount),
            3 or 4 => new Stake(amount, state.Period + number),
            5 => new Split((byte)(number % 3), amount),
            6 => new Prolong((byte)(number % 3), state.Period + (2u * number)),
            7 => new Withdraw((byte)(number % 2)),
            8 or 9 => new ConfirmActivity(),
            10 or 11 => new CreatePolicy(
                policy, other, Payer.Owner, amount, number, (uint)(number % 5),
                [.. ((NodeId[])[me, other]).Distinct()]),
            12 => new RevokePolicy(deal),
            13 => new RevokeArrangement(deal, me),
            14 => new CollectRewards(),
            15 => new CollectFees(deal),
            16 => new SubmitEvidence(new byte[number]),
            17 => step.Other % 2 == 0
                ? new CommitSecret(round, HealthCommitment.ToSecret(round, me, new byte[32]))
                : new CommitVote(
                    round, target, HealthCommitment.ToVote(round, me, target, number % 3 > 0, new byte[16])),
            18 => new RevealSecret(round, new byte[32]),
            _ => new RevealVote(round, target, number % 3 > 0, new byte[16]),
        };
    }
}
