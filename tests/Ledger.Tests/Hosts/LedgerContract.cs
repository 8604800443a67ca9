using NuCypher.P2P.Ledger.Hosts;
using NuCypher.P2P.Ledger.Rules;
using NuCypher.P2P.Ledger.Tests.Support;
using NuCypher.P2P.Ledger.Transactions;
using NuCypher.P2P.Policy.Wire;

namespace NuCypher.P2P.Ledger.Tests.Hosts;

/// <summary>What every host of a ledger keeps.</summary>
public abstract class LedgerContract
{
    private protected static readonly Person Alice = new(1);
    private protected static readonly Person Bob = new(2);

    private protected abstract ILedger Ledger { get; }

    [Fact]
    [Trait("Row", "LG-36")]
    public void Submit_WhatStrangersSend_IsRefusedAndChangesNothing()
    {
        var before = (Ledger.BalanceOf(Alice.Id), Ledger.NonceOf(Alice.Id), Ledger.StakeOf(Alice.Id), Ledger.Height);
        var random = new Random(5);

        for (var i = 0; i < 500; i++)
        {
            var noise = new byte[random.Next(400)];
            random.NextBytes(noise);
            Assert.NotEqual(LedgerRefusal.None, Ledger.Submit(noise));
        }

        Assert.NotEqual(LedgerRefusal.None, Ledger.Submit(default));
        Assert.NotEqual(LedgerRefusal.None, Ledger.Submit(new byte[Transaction.MaxSize + 1]));
        Assert.Equal(
            before, (Ledger.BalanceOf(Alice.Id), Ledger.NonceOf(Alice.Id), Ledger.StakeOf(Alice.Id), Ledger.Height));
    }

    [Fact]
    [Trait("Row", "LG-36")]
    public void Submit_APayment_IsTakenOnceUnlessAllIsFree()
    {
        var pay = Sign(Alice, new Transfer(Bob.Id, 5));
        var (alice, bob) = (Ledger.BalanceOf(Alice.Id), Ledger.BalanceOf(Bob.Id));

        Assert.Equal(Ledger.IsFree ? LedgerRefusal.NoLedger : LedgerRefusal.None, Ledger.Submit(pay));
        Assert.Equal(Ledger.IsFree ? LedgerRefusal.NoLedger : LedgerRefusal.WrongNonce, Ledger.Submit(pay));

        var paid = (UInt128)(Ledger.IsFree ? 0u : 5u);
        Assert.Equal((alice - paid, bob + paid), (Ledger.BalanceOf(Alice.Id), Ledger.BalanceOf(Bob.Id)));
    }

    [Fact]
    [Trait("Row", "LG-36")]
    public void Node_WithoutStake_ServesWhereAllIsFreeAlone()
    {
        Assert.Equal((UInt128)0, Ledger.StakeOf(Bob.Id));
        Assert.Equal(Ledger.IsFree, Ledger.MayTakeArrangement(Bob.Id));
        Assert.Null(Ledger.Draw(1, new SeededRandom(1)));
    }

    private protected byte[] Sign(Person person, LedgerOperation operation) => SignedMessage.Sign(
        new Transaction(Ledger.Chain, person.Keys.VerifyingKey, Ledger.NonceOf(person.Id), ulong.MaxValue, operation),
        person.Keys.Signer, new SeededRandom(1)).Bytes.ToArray();
}
