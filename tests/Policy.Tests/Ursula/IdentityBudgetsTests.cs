using NuCypher.P2P.Policy.Ursula;

namespace NuCypher.P2P.Policy.Tests.Ursula;

public sealed class IdentityBudgetsTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;

    private readonly IdentityBudgets _budgets = new(
        new UrsulaOptions { IdentityRate = 2, IdentityBurst = 3, MaxCountedIdentities = 4 });

    [Fact]
    [Trait("Row", "NW-14")]
    public void MayAsk_AsOftenAsTheBurst_ThenAtTheRate()
    {
        for (var i = 0; i < 3; i++)
            _budgets.Charge(Of(1), Start);

        Assert.False(_budgets.MayAsk(Of(1), Start.AddSeconds(0.4)));
        Assert.True(_budgets.MayAsk(Of(1), Start.AddSeconds(0.5)));
        Assert.True(_budgets.MayAsk(Of(2), Start));
    }

    [Fact]
    public void MayAsk_NobodyPaid_TakesNothing()
    {
        for (var i = 0; i < 100; i++)
            Assert.True(_budgets.MayAsk(Of(1), Start));
        Assert.Equal(0, _budgets.Count);
    }

    [Fact]
    public void Charge_MoreIdentitiesThanAreCounted_RemembersThoseWhoAskedLast()
    {
        for (byte identity = 1; identity <= 5; identity++)
        {
            for (var i = 0; i < 3; i++)
                _budgets.Charge(Of(identity), Start);
        }

        Assert.Equal(4, _budgets.Count);
        Assert.True(_budgets.MayAsk(Of(1), Start));
        Assert.False(_budgets.MayAsk(Of(5), Start));
    }

    [Fact]
    public void Charge_AfterAllWereQuiet_ForgetsThem()
    {
        _budgets.Charge(Of(1), Start);
        _budgets.Charge(Of(2), Start);

        _budgets.Charge(Of(3), Start.AddSeconds(10));

        Assert.Equal(1, _budgets.Count);
    }

    private static Digest Of(byte identity) => Digest.Read([.. Enumerable.Repeat(identity, Digest.Size)]);
}
