namespace NuCypher.P2P.Simulator.Tests;

public sealed class SeedTests
{
    [Fact]
    public void Derive_DifferentPurposesAndIndices_GiveDifferentStreams()
    {
        var root = new Seed(7);
        Seed[] seeds =
        [
            root, root.Derive("disk"), root.Derive("network"), root.Derive("machine").Derive(0),
            root.Derive("machine").Derive(1),
            new Seed(8).Derive("disk"),
        ];

        Assert.Equal(seeds.Length, seeds.Distinct().Count());
        Assert.Equal(root.Derive("disk"), new Seed(7).Derive("disk"));
    }

    [Fact]
    public void Fill_SameSeed_GivesTheSameBytes()
    {
        var (one, other) = (new byte[64], new byte[64]);

        new Seed(3).NewRandomSource().Fill(one);
        new Seed(3).NewRandomSource().Fill(other);

        Assert.Equal(one, other);
        Assert.Contains(one, value => value != 0);
    }

    [Theory, InlineData(0.0, 0), InlineData(0.2, 200_000), InlineData(1.0, 1_000_000)]
    public void Of_Share_IsTheNearestMillionth(double share, int expected) =>
        Assert.Equal(expected, Chance.Of(share).PerMillion);

    [Theory, InlineData(-0.1), InlineData(1.1), InlineData(double.NaN)]
    public void Of_NoShare_Throws(double share) => Assert.Throws<ArgumentOutOfRangeException>(() => Chance.Of(share));
}
