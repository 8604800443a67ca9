using NuCypher.P2P.Ledger.Evidence;
using NuCypher.P2P.Ledger.Rules;
using NuCypher.P2P.Ledger.Tests.Support;
using NuCypher.P2P.Ledger.Transactions;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Messages;
using NuCypher.P2P.Policy.Services;
using NuCypher.P2P.Policy.Wire;
using static NuCypher.P2P.Ledger.Tests.Support.Book;

namespace NuCypher.P2P.Ledger.Tests.Rules;

public sealed class EvidenceRulesTests : IDisposable
{
    private static readonly PolicyVersion Version = new(5);

    private readonly Person _ursula = new(1);
    private readonly Person _challenger = new(2);
    private readonly Case _case;
    private readonly Book _book;
    private readonly (byte[] Deposit, byte[] Receipt) _granted;

    public EvidenceRulesTests()
    {
        _book = new Book(Small, (_ursula, C(50_000)), (_challenger, C(100)));
        _book.Do(_ursula, new Stake(C(15_000), 50));
        _book.Do(_ursula, new Stake(C(25_000), 90)); // 40,000: the first penalty is 2,000
        _case = new Case(_ursula);
        _granted = _case.Grant(Version, Case.Start, TimeSpan.FromDays(300));
    }

    public void Dispose() => _case.Dispose();

    [Fact]
    [Trait("Row", "SE-16"), Trait("Row", "SE-08")]
    public void Submit_WrongAnswers_CostMoreEachTimeUntilNothingIsLeft()
    {
        var stakes = new List<UInt128>();
        for (var i = 0; i < 5; i++)
        {
            _book.Do(_challenger, new SubmitEvidence(Lie()));
            stakes.Add(_book.StakeOf(_ursula));
        }

        Assert.Equal([C(38_000), C(34_000), C(26_000), C(10_000), C(0)], stakes);
        Assert.Equal(C(100) + (C(40_000) / 5), _book.BalanceOf(_challenger)); // a fifth; the rest is burnt
        Assert.Equal(C(40_000) / 5 * 4, _book.State.Burnt);
        Assert.Empty(_book.State.Stakers.Find(_ursula.Id)!.Parts);
    }

    [Fact]
    [Trait("Row", "SE-10")]
    public void Submit_TheSameAgain_IsRefusedWhoeverAccuses()
    {
        var evidence = Lie();
        _book.Do(_challenger, new SubmitEvidence(evidence));

        Assert.Equal(LedgerRefusal.AlreadyJudged, _book.Try(_challenger, new SubmitEvidence(evidence)));
        Assert.Equal(LedgerRefusal.AlreadyJudged, _book.Try(Rest, new SubmitEvidence(evidence)));
        Assert.Equal(C(38_000), _book.StakeOf(_ursula));
    }

    [Fact]
    [Trait("Row", "SE-08")]
    public void Submit_AgainstAnHonestNode_CostsTheFilingFeeAlone()
    {
        var request = _case.Request(Version, Case.Start);
        var response = _case.Ask(ServiceKind.Reencrypt, request, Case.Start, out _);

        _book.Do(_challenger, new SubmitEvidence(
            Judge.AccuseOfWrongReencryption(_granted.Deposit, _granted.Receipt, request, response)));

        var dismissed = Assert.IsType<Dismissed>(Assert.Single(_book.Events));
        Assert.Equal(VerdictReason.Correct, dismissed.Reason);
        Assert.Equal(
            (C(95), C(40_000), C(5)), (_book.BalanceOf(_challenger), _book.StakeOf(_ursula), _book.State.Burnt));
    }

    [Fact]
    public void Submit_WithoutTheFilingFee_IsRefused()
    {
        _book.Do(_challenger, new Transfer(Rest.Id, C(95) + 1));

        Assert.Equal(LedgerRefusal.Insufficient, _book.Try(_challenger, new SubmitEvidence(Lie())));
        _book.Do(Rest, new Transfer(_challenger.Id, 1));
        _book.Do(_challenger, new SubmitEvidence(Lie()));
    }

    [Fact]
    public void Submit_LongestEvidence_FitsATransactionAndOneByteMoreDoesNot()
    {
        _book.Do(_challenger, new SubmitEvidence(new byte[Judge.MaxSize]));

        Assert.Equal(VerdictReason.Malformed, Assert.IsType<Dismissed>(Assert.Single(_book.Events)).Reason);
        Assert.Throws<ArgumentException>(
            () => _book.Sign(_challenger, new SubmitEvidence(new byte[Judge.MaxSize + 1])));
    }

    [Fact]
    [Trait("Row", "SE-16")]
    public void Submit_ServedAfterRevocation_CostsEverything()
    {
        var revocation = _case.Revocation(new(6));
        var receipt = _case.Ask(ServiceKind.Revoke, revocation, Case.Start, out _);
        var request = _case.Request(Version, Case.Start.AddHours(1));
        var forged = _case.Signed(
            new ReencryptionResponse(HashOf(request), _ursula.Id, default, _case.Alice.Keys.PolicyKey(Case.Label),
                [new byte[381]]), _ursula);

        _book.Do(_challenger, new SubmitEvidence(Judge.AccuseOfServingRevoked(revocation, receipt, request, forged)));

        Assert.Equal((UInt128)0, _book.StakeOf(_ursula));
    }

    private byte[] Lie()
    {
        var request = _case.Request(Version, Case.Start);
        var response = _case.Ask(ServiceKind.Reencrypt, request, Case.Start, out _);
        var forged = _case.Forge(response, fragments => [new byte[fragments[0].Length]]);
        return Judge.AccuseOfWrongReencryption(_granted.Deposit, _granted.Receipt, request, forged);
    }

    private static Digest HashOf(byte[] request)
    {
        Assert.True(SignedMessage.TryRead<ReencryptionRequest>(request, out var message, out _));
        return message.Hash;
    }
}
