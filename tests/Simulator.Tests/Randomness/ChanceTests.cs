namespace NuCypher.P2P.Simulator.Tests;

public sealed class ChanceTests
{
    [Theory]
    [InlineData(1.0, 0, 5, true)]
    [InlineData(1.0, 1, 1_000_000, false)]
    [InlineData(0.97, 1, 0, true)] // one miss among few is no evidence
    [InlineData(0.97, 2, 0, false)]
    [InlineData(0.97, 2, 31, false)]
    [InlineData(0.97, 3, 97, true)]
    [InlineData(0.97, 4, 96, false)]
    [InlineData(0.97, 0, 0, true)]
    [InlineData(0, 9, 0, true)]
    public void Allows_MissesAndSuccesses_AreWithinTheShareRoundedUp(
        double least, long misses, long successes, bool expected) =>
        Assert.Equal(expected, Chance.Of(least).Allows(misses, successes));

    [Fact]
    public void Allows_CountsNearTheLargest_DoNotOverflow() =>
        Assert.False(Chance.Of(0.5).Allows(long.MaxValue / 2 + 1, long.MaxValue / 2 - 1));
}
