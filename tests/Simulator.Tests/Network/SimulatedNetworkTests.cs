using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Simulator.Tests;

public sealed class SimulatedNetworkTests
{
    private static readonly TimeSpan Enough = TimeSpan.FromMinutes(1);

    [Fact]
    public void Send_CalmNetwork_ArrivesOnceAfterTheDistance()
    {
        var (world, one, other) = Pair(NetworkConditions.Calm);
        var arrivals = Record(world, other);

        one.Send(other.Address, new byte[] { 1, 2, 3 });
        world.RunFor(Enough);

        Assert.Equal([(one.Address, "010203", Latency.Between(0, 1))], arrivals);
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public void Send_TwentyPercentLoss_LosesAboutAFifth(int seed)
    {
        var (world, one, other) = Pair(new NetworkConditions { Loss = Chance.Of(0.2) }, seed);
        var arrivals = Record(world, other);

        SendMany(one, other, 5_000);
        world.RunFor(Enough);

        Assert.InRange(arrivals.Count, 3_850, 4_150);
        Assert.Equal(5_000 - arrivals.Count, world.Network.Counters.Lost);
    }

    [Fact]
    public void Send_Duplication_ArrivesAgainSecondsLater()
    {
        var (world, one, other) = Pair(new NetworkConditions { Duplication = Chance.Always });
        var arrivals = Record(world, other);

        SendMany(one, other, 100);
        world.RunFor(Enough);

        Assert.Equal(200, arrivals.Count);
        Assert.True(arrivals[^1].At > TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void Send_Reordering_OvertakesAnEarlierDatagram()
    {
        var (world, one, other) = Pair(new NetworkConditions { Reordering = Chance.Of(0.5) });
        var arrivals = Record(world, other);

        SendMany(one, other, 100);
        world.RunFor(Enough);

        Assert.Equal(100, arrivals.Count);
        Assert.NotEqual(arrivals.Select(arrival => arrival.Bytes).Order(), arrivals.Select(arrival => arrival.Bytes));
    }

    [Fact]
    public void Send_Hold_ArrivesWithinTheLongestHold()
    {
        var (world, one, other) = Pair(new NetworkConditions { Hold = Chance.Always });
        var arrivals = Record(world, other);

        SendMany(one, other, 50);
        world.RunFor(Enough);

        Assert.Equal(50, arrivals.Count);
        Assert.InRange(arrivals[^1].At, TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(20.2));
    }

    [Fact]
    public void Send_Corruption_ChangesOneBit()
    {
        var (world, one, other) = Pair(new NetworkConditions { Corruption = Chance.Always });
        var arrivals = Record(world, other);

        one.Send(other.Address, new byte[8]);
        world.RunFor(Enough);

        Assert.Equal(1, Convert.FromHexString(arrivals.Single().Bytes).Sum(value => int.PopCount(value)));
    }

    [Theory, InlineData(1_472, 1), InlineData(1_473, 0)]
    public void Send_AtTheLargestDatagram_VanishesAboveIt(int size, int expected)
    {
        var (world, one, other) = Pair(NetworkConditions.Calm);
        var arrivals = Record(world, other);

        one.Send(other.Address, new byte[size]);
        world.RunFor(Enough);

        Assert.Equal(expected, arrivals.Count);
    }

    [Fact]
    public void Send_MoreThanTheLineCarries_QueuesThenDrops()
    {
        var (world, one, other) = Pair(NetworkConditions.Calm with { Bandwidth = 1_000 });
        var arrivals = Record(world, other);

        for (var i = 0; i < 30; i++)
            one.Send(other.Address, new byte[100]);
        world.RunFor(Enough);

        Assert.Equal(11, arrivals.Count);
        Assert.Equal(19, world.Network.Counters.Overflowed);
        Assert.Equal(TimeSpan.FromSeconds(1) + Latency.Between(0, 1), arrivals[^1].At);
    }

    [Fact]
    public void Send_AcrossACut_ArrivesOnlyAfterItIsHealed()
    {
        var (world, one, other) = Pair(NetworkConditions.Calm);
        var arrivals = Record(world, other);
        var cut = Cut.Between(new HashSet<int> { 0 }, new HashSet<int> { 1 });

        world.Network.Cuts.Add(cut);
        one.Send(other.Address, new byte[] { 1 });
        world.Network.Cuts.Remove(cut);
        one.Send(other.Address, new byte[] { 2 });
        world.RunFor(Enough);

        Assert.Equal(["02"], arrivals.Select(arrival => arrival.Bytes));
    }

    [Fact]
    public void Stops_OneWayAndPartialCuts_StopWhatTheyName()
    {
        var group = new HashSet<int> { 1, 2 };
        var partial = Cut.Partial(Chance.Of(0.3), new Seed(1));

        Assert.Equal((true, false), (Cut.Deaf(group).Stops(0, 1), Cut.Deaf(group).Stops(1, 0)));
        Assert.Equal((false, true), (Cut.Mute(group).Stops(0, 1), Cut.Mute(group).Stops(1, 0)));
        Assert.All(Enumerable.Range(0, 100), i => Assert.Equal(partial.Stops(i, i + 7), partial.Stops(i + 7, i)));
        Assert.InRange(Enumerable.Range(0, 10_000).Count(i => partial.Stops(i / 100, 100 + (i % 100))), 2_800, 3_200);
    }

    [Fact]
    public void Send_ToAnUnreachableHost_ArrivesOnlyAsAnAnswer()
    {
        var (world, one, other) = Pair(NetworkConditions.Calm);
        var arrivals = Record(world, other);
        other.IsUnreachable = true;

        one.Send(other.Address, new byte[] { 1 });
        world.RunFor(Enough);
        other.Send(one.Address, new byte[] { 2 });
        one.Send(other.Address, new byte[] { 3 });
        world.RunFor(SimulatedHost.MappingLife);
        one.Send(other.Address, new byte[] { 4 });
        world.RunFor(Enough);

        Assert.Equal(["03"], arrivals.Select(arrival => arrival.Bytes));
    }

    [Fact]
    public void Unclog_Host_LetsEverythingThroughAtOnce()
    {
        var (world, one, other) = Pair(NetworkConditions.Calm);
        var arrivals = Record(world, other);

        SimulatedNetwork.Clog(other);
        SendMany(one, other, SimulatedNetwork.MaxClogged + 5);
        world.RunFor(Enough);
        var whileClogged = arrivals.Count;
        SimulatedNetwork.Unclog(other);

        Assert.Equal((0, SimulatedNetwork.MaxClogged), (whileClogged, arrivals.Count));
        Assert.Equal(5, world.Network.Counters.Overflowed);
    }

    [Fact]
    public void Start_Swizzle_ClogsEveryHostAndLetsAllGoAgain()
    {
        var world = new World(new Seed(1));
        SimulatedHost[] hosts = [.. Enumerable.Range(0, 5).Select(_ => world.AddMachine().Host)];

        Swizzle.Start(world.Time, hosts, TimeSpan.FromMinutes(2), new Random(1));
        world.RunFor(TimeSpan.FromMinutes(1));
        var clogged = hosts.Count(host => host.IsClogged);
        world.RunFor(TimeSpan.FromMinutes(1));

        Assert.Equal(5, clogged);
        Assert.DoesNotContain(hosts, host => host.IsClogged);
    }

    private static (World World, SimulatedHost One, SimulatedHost Other) Pair(
        NetworkConditions conditions, int seed = 1)
    {
        var world = new World(new Seed((ulong)seed));
        world.Network.Conditions = conditions;
        return (world, world.AddMachine().Host, world.AddMachine().Host);
    }

    private static List<(NodeAddress From, string Bytes, TimeSpan At)> Record(World world, SimulatedHost host)
    {
        var arrivals = new List<(NodeAddress, string, TimeSpan)>();
        host.Receiver = (from, bytes) => arrivals.Add((from, Convert.ToHexString(bytes.Span), world.Time.Elapsed));
        return arrivals;
    }

    private static void SendMany(SimulatedHost from, SimulatedHost to, int count)
    {
        for (var i = 0; i < count; i++)
            from.Send(to.Address, new[] { (byte)(i / 256), (byte)(i % 256) });
    }
}
