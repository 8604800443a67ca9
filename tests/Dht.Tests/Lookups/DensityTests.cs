namespace NuCypher.P2P.Dht.Tests.Lookups;

public sealed class DensityTests
{
    private readonly Random _random = new(3);
    private readonly NodeId _target = NodeId.Random(new Random(2));

    [Theory, InlineData(null, 45), InlineData(300.0, 20)]
    public void Thin_CrowdAndTrueNeighbours_LeavesFourOfTheCrowdIfTheSizeIsKnown(double? nodes, int expected)
    {
        Contact[] crowd = [.. Enumerable.Range(0, 25).Select(i => At(150, i))];
        Contact[] honest = [.. Enumerable.Range(0, 20).Select(i => At(i % 5, 100 + i))];
        List<Contact> contacts = [.. crowd.Concat(honest).Order(new ByDistance(_target))];

        var thinned = new Density(nodes).Thin(contacts, _target, nodes is null ? 100 : 20);

        Assert.Equal(expected, thinned.Count);
        Assert.Equal(nodes is null ? 25 : 4, thinned.Intersect(crowd).Count());
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public void Allows_EvenlySpreadIds_PassesAlmostAllOfTheNearest(int seed)
    {
        var random = new Random(seed);
        var (density, passed) = (new Density(500), 0);
        for (var round = 0; round < 100; round++)
        {
            var target = NodeId.Random(random);
            var nearest = Enumerable.Range(0, 500)
                .Select(_ => NodeId.Random(random).DistanceTo(target)).Order().Take(20);
            passed += nearest.Index().Count(pair => density.Allows(pair.Index, pair.Item));
        }

        Assert.True(passed >= 1990, $"seed {seed}: {passed} of 2000");
    }

    private Contact At(int prefix, int host) => new(_target.Diverge(prefix, _random), TestNetwork.AddressOf(host));
}
