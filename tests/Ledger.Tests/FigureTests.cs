using System.Diagnostics;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Ledger.Accounts;
using NuCypher.P2P.Ledger.Merkle;
using NuCypher.P2P.Ledger.Rules;
using NuCypher.P2P.Ledger.State;
using NuCypher.P2P.Ledger.Tests.Support;
using NuCypher.P2P.Ledger.Transactions;
using NuCypher.P2P.Policy.Wire;

namespace NuCypher.P2P.Ledger.Tests;

/// <summary>
/// Measures what docs/ledger.md says, and fails at a tenth of it: a machine may be busy, but not that busy.
/// </summary>
[Trait("Category", "Long")]
public sealed class FigureTests(ITestOutputHelper output)
{
    [Fact]
    public void Root_HundredThousandAccountsAndABlockOfChanges_IsComputedInTime()
    {
        var map = Enumerable.Range(0, 100_000).Aggregate(
            MerkleMap.Empty<Account>(), (all, i) => all.Set(IdOf(i), Account.None with { Balance = (UInt128)i }));
        var (first, clock) = (map.Root, Stopwatch.StartNew());
        for (var round = 0; round < 10; round++)
        {
            map = Enumerable.Range(0, 100).Aggregate(
                map, (all, i) =>
                    all.Set(IdOf((round * 977) + i), Account.None with { Balance = (UInt128)(i + round + 1) }));
            Assert.NotEqual(first, map.Root);
        }

        output.WriteLine(
            $"100 changes of 100,000 accounts and their root: {clock.Elapsed.TotalMilliseconds / 10:F2} ms");
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(1), $"{clock.Elapsed}");
    }

    [Fact]
    public void Execute_Payments_AreThousandsASecond()
    {
        const int payments = 5_000;
        var (alice, random) = (new Person(1), new SeededRandom(1));
        var state = LedgerState.Genesis(Book.Small, [(alice.Id, Book.Small.InitialSupply)]);
        SignedMessage<Transaction>[] signed = [.. Enumerable.Range(0, payments)
            .Select(i => Pay(state, alice, (ulong)i, random))];
        var clock = Stopwatch.StartNew();

        foreach (var payment in signed)
        {
            var outcome = LedgerCore.Execute(state, payment);
            Assert.True(outcome.IsTaken);
            state = outcome.State;
        }

        var rate = payments / clock.Elapsed.TotalSeconds;
        output.WriteLine($"{rate:F0} payments a second with their signatures, on one thread");
        Assert.True(rate > 1_000, $"{rate}");
    }

    private static SignedMessage<Transaction> Pay(LedgerState state, Person from, ulong nonce, SeededRandom random)
    {
        var pay = new Transaction(
            state.Chain, from.Keys.VerifyingKey, nonce, ulong.MaxValue, new Transfer(from.Id, 1));
        Assert.True(SignedMessage.TryRead<Transaction>(
            SignedMessage.Sign(pay, from.Keys.Signer, random).Bytes.Span, out var message, out _));
        return message;
    }

    private static NodeId IdOf(int i) => NodeId.FromVerifyingKey(BitConverter.GetBytes(i));
}
