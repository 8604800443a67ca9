using NuCypher.P2P.Ledger.Accounts;
using NuCypher.P2P.Ledger.Rules;
using NuCypher.P2P.Ledger.State;
using NuCypher.P2P.Ledger.Tests.Support;
using NuCypher.P2P.Ledger.Transactions;
using NuCypher.P2P.Policy;
using static NuCypher.P2P.Ledger.Tests.Support.Book;

namespace NuCypher.P2P.Ledger.Tests.Rules;

public sealed class AccountRulesTests
{
    private readonly Person _alice = new(1);
    private readonly Person _bob = new(2);
    private readonly Person _carol = new(3);
    private readonly Book _book;

    public AccountRulesTests() => _book = new Book(Small, (_alice, C(100)), (_bob, C(10)));

    [Fact]
    [Trait("Row", "LG-01"), Trait("Row", "LG-27")]
    public void Transfer_OfWhatIsThere_MovesItOnce()
    {
        var transfer = _book.Sign(_alice, new Transfer(_bob.Id, C(30)));

        Assert.Equal(LedgerRefusal.None, _book.Submit(transfer));
        Assert.Equal(LedgerRefusal.WrongNonce, _book.Submit(transfer)); // a replay
        Assert.Equal((C(70), C(40)), (_book.BalanceOf(_alice), _book.BalanceOf(_bob)));
    }

    [Fact]
    [Trait("Row", "LG-01")]
    public void Transfer_OfMore_IsRefused()
    {
        Assert.Equal(LedgerRefusal.Insufficient, _book.Try(_alice, new Transfer(_bob.Id, C(100) + 1)));
        Assert.Equal(LedgerRefusal.BelowMinimum, _book.Try(_alice, new Transfer(_bob.Id, 0)));
        Assert.Equal(LedgerRefusal.Insufficient, _book.Try(_alice, new Transfer(_bob.Id, Coins.MaxAmount)));
        Assert.Equal(LedgerRefusal.Overflow, _book.Try(_alice, new Transfer(_bob.Id, Coins.MaxAmount + 1)));
        Assert.Equal(LedgerRefusal.Overflow, _book.Try(_alice, new Transfer(_bob.Id, UInt128.MaxValue)));
        Assert.Equal(LedgerRefusal.None, _book.Try(_alice, new Transfer(_alice.Id, C(100)))); // to herself
        Assert.Equal(LedgerRefusal.None, _book.Try(_alice, new Transfer(_bob.Id, C(100))));
        Assert.Equal((UInt128)0, _book.BalanceOf(_alice));
    }

    [Fact]
    public void Transfer_ToNobodyYet_OpensAnAccountForACoin()
    {
        Assert.Equal(LedgerRefusal.BelowMinimum, _book.Try(_alice, new Transfer(_carol.Id, C(1) - 1)));
        Assert.Equal(LedgerRefusal.None, _book.Try(_alice, new Transfer(_carol.Id, C(1))));
        Assert.Equal(LedgerRefusal.None, _book.Try(_carol, new Transfer(_alice.Id, 1)));
    }

    [Fact]
    public void Transfer_WhenAllAccountsAreTaken_OpensNoMore()
    {
        var book = new Book(Small with { MaxAccounts = 3 }, (_alice, C(100)));

        Assert.Equal(LedgerRefusal.None, book.Try(_alice, new Transfer(_bob.Id, C(1))));
        Assert.Equal(LedgerRefusal.Full, book.Try(_alice, new Transfer(_carol.Id, C(1))));
        Assert.Equal(LedgerRefusal.None, book.Try(_alice, new Transfer(_bob.Id, C(1))));
    }

    [Fact]
    public void Execute_WrongEnvelope_IsRefusedWithTheReason()
    {
        var pay = new Transfer(_bob.Id, C(1));
        var forged = _book.Sign(_alice, pay);
        forged[^1] ^= 1;
        var height = _book.State.Height;

        Assert.Equal(LedgerRefusal.WrongChain, _book.Submit(_book.Sign(_alice, pay, chain: default(Digest))));
        Assert.Equal(LedgerRefusal.WrongNonce, _book.Submit(_book.Sign(_alice, pay, nonce: 1)));
        Assert.Equal(LedgerRefusal.Outdated, _book.Submit(_book.Sign(_alice, pay, validUntil: height - 1)));
        Assert.Equal(LedgerRefusal.BadSignature, _book.Submit(forged));
        Assert.Equal(LedgerRefusal.Insufficient, _book.Try(_carol, pay));
        Assert.Equal(LedgerRefusal.Malformed, _book.Submit([]));
        Assert.Equal(LedgerRefusal.TooLarge, _book.Submit(new byte[Transaction.MaxSize + 1]));
        Assert.Equal(LedgerRefusal.Malformed, _book.Submit(new byte[Transaction.MaxSize]));
        Assert.Equal(LedgerRefusal.None, _book.Submit(_book.Sign(_alice, pay, validUntil: height)));
    }

    [Fact]
    public void Execute_EveryFlippedByteOrLength_IsRefusedAndChangesNothing()
    {
        var good = _book.Sign(_alice, new Transfer(_bob.Id, C(1)));

        for (var i = 0; i < good.Length; i++)
        {
            byte[] bad = [.. good];
            bad[i] ^= 0x10;
            Assert.NotEqual(LedgerRefusal.None, _book.Submit(bad));
            Assert.NotEqual(LedgerRefusal.None, _book.Submit(good[..i]));
        }

        Assert.NotEqual(LedgerRefusal.None, _book.Submit([.. good, 0]));
        Assert.Equal(LedgerRefusal.None, _book.Submit(good));
    }

    [Fact]
    [Trait("Row", "LG-27")]
    public void Approve_SpenderTakesTheOldSumFirst_DoesNotGetTheNewOne()
    {
        _book.Do(_alice, new Approve(_bob.Id, 0, C(10)));
        _book.Do(_bob, new TransferFrom(_alice.Id, _bob.Id, C(10))); // before Alice changes her mind

        Assert.Equal(LedgerRefusal.NotAllowed, _book.Try(_alice, new Approve(_bob.Id, C(10), C(5))));
        Assert.Equal(LedgerRefusal.NotAllowed, _book.Try(_bob, new TransferFrom(_alice.Id, _bob.Id, 1)));
        Assert.Equal(C(20), _book.BalanceOf(_bob));
    }

    [Fact]
    public void TransferFrom_MoreThanAllowedOrThere_IsRefused()
    {
        _book.Do(_alice, new Approve(_bob.Id, 0, C(500)));

        Assert.Equal(LedgerRefusal.NotAllowed, _book.Try(_bob, new TransferFrom(_alice.Id, _bob.Id, C(501))));
        Assert.Equal(LedgerRefusal.Insufficient, _book.Try(_bob, new TransferFrom(_alice.Id, _bob.Id, C(101))));
        Assert.Equal(LedgerRefusal.Overflow, _book.Try(_bob, new TransferFrom(_alice.Id, _bob.Id, UInt128.MaxValue)));
        Assert.Equal(LedgerRefusal.Overflow, _book.Try(_alice, new Approve(_bob.Id, C(500), UInt128.MaxValue)));
        _book.Do(_bob, new TransferFrom(_alice.Id, _bob.Id, C(100)));
        Assert.Equal(C(110), _book.BalanceOf(_bob));
    }

    [Fact]
    public void Approve_AsManyAsAnAccountMay_RefusesOneMoreUntilOneIsTakenBack()
    {
        for (var i = 0; i < Account.MaxAllowances; i++)
            _book.Do(_alice, new Approve(new Person(100 + i).Id, 0, 1));

        Assert.Equal(LedgerRefusal.Full, _book.Try(_alice, new Approve(_bob.Id, 0, 1)));
        _book.Do(_alice, new Approve(new Person(100).Id, 1, 0));
        _book.Do(_alice, new Approve(_bob.Id, 0, 1));
    }

    [Fact]
    public void Genesis_OtherSumOrTwiceTheSame_Throws()
    {
        var all = Small.InitialSupply;

        Assert.Throws<ArgumentException>(() => LedgerState.Genesis(Small, [(_alice.Id, all - 1)]));
        Assert.Throws<ArgumentException>(() => LedgerState.Genesis(Small, [(_alice.Id, all), (_alice.Id, 0)]));
        Assert.Throws<ArgumentException>(
            () => LedgerState.Genesis(Small, [(_alice.Id, all), (_bob.Id, UInt128.MaxValue)]));
        Assert.Throws<ArgumentException>(
            () => LedgerState.Genesis(Small with { BlocksPerRound = 9 }, [(_alice.Id, all)]));
        Assert.Throws<ArgumentException>(
            () => LedgerState.Genesis(Small with { MaxSupply = Coins.MaxAmount + 1 }, [(_alice.Id, all)]));
        Assert.NotEqual(
            LedgerState.Genesis(Small, [(_alice.Id, all)]).Chain,
            LedgerState.Genesis(Small with { Capacity = 5 }, [(_alice.Id, all)]).Chain);
    }

    [Fact]
    public void Text_OfUnits_IsExactAndShort()
    {
        Assert.Equal("15000", Coins.Text(C(15_000)));
        Assert.Equal("0.000000001", Coins.Text(1));
        Assert.Equal("1.5", Coins.Text(C(1) + 500_000_000));
    }
}
