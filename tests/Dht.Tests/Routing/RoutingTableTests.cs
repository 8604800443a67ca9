using System.Net;

namespace NuCypher.P2P.Dht.Tests.Routing;

public sealed class RoutingTableTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly KademliaOptions Small = new() { K = 3, MaxReplacements = 2 };

    private readonly Random _random = new(5);
    private readonly NodeId _self = NodeId.Random(new Random(4));
    private int _hosts;

    [Theory, InlineData(1, 20), InlineData(2, 300), InlineData(3, 2000), InlineData(4, 5)]
    [Trait("Row", "NW-01")]
    public void Closest_AnyTable_MatchesABruteForceSort(int seed, int count)
    {
        var random = new Random(seed);
        var self = NodeId.Random(random);
        var table = new RoutingTable(self, new KademliaOptions());
        for (var i = 0; i < count; i++)
        {
            var id = random.Next(2) == 0 ? NodeId.Random(random) : self.Diverge(random.Next(20), random);
            table.Prove(new Contact(id, TestNetwork.AddressOf(i)), Now);
        }
        var all = table.Entries.Select(entry => entry.Contact).ToArray();

        for (var round = 0; round < 100; round++)
        {
            var target = round == 0 ? self : round % 2 == 0 ? NodeId.Random(random) : self.Diverge(
                random.Next(30), random);
            var size = random.Next(1, 40);

            Assert.Equal(all.Order(new ByDistance(target)).Take(size), table.Closest(target, size));
            var than = random.Next(2) == 0 ? NodeId.Random(random) : target.Diverge(random.Next(20), random);
            Assert.Equal(
                all.Count(contact => contact.Id.DistanceTo(target).CompareTo(than.DistanceTo(target)) < 0),
                table.CountNearer(target, than));
        }
        Assert.Equal(all.Length, table.Count);
    }

    [Fact]
    public void Consider_FullBucketWithoutSpareContacts_PassesTheNewOneOver()
    {
        var table = new RoutingTable(_self, Small with { MaxReplacements = 0 });
        for (var i = 0; i < 4; i++)
            table.Prove(new Contact(_self.Diverge(0, _random), TestNetwork.AddressOf(i)), Now);

        Assert.Equal(Admission.Wait, table.Consider(InBucket(0), 0));
        Assert.Equal(3, table.Count);
    }

    [Fact]
    public void Prove_FullBucketOfLivingContacts_KeepsThemAll()
    {
        var table = new RoutingTable(_self, Small);
        Contact[] contacts = [.. Enumerable.Range(0, 10).Select(_ => InBucket(0))];

        Assert.Equal([true, true, true, false], contacts[..4].Select(contact => table.Prove(contact, Now)));

        Assert.All(contacts[4..], contact => Assert.Equal(Admission.Wait, table.Consider(contact, 0)));
        Assert.Equal(contacts[..3], table.Entries.Select(entry => entry.Contact));
    }

    [Fact]
    public void Failed_FullBucket_OffersTheNewestSpareContactWhichThenReplacesTheFailedOne()
    {
        var table = new RoutingTable(_self, Small);
        Contact[] contacts = [.. Enumerable.Range(0, 6).Select(_ => InBucket(0))];
        foreach (var contact in contacts[..3])
            table.Prove(contact, Now);
        foreach (var contact in contacts[3..])
            table.Consider(contact, 0);

        table.Failed(contacts[1], Now, out var spare);

        Assert.Equal(contacts[5], spare);
        Assert.True(table.Prove(contacts[5], Now));
        Assert.Equal([contacts[0], contacts[2], contacts[5]], table.Entries.Select(entry => entry.Contact));
        Assert.Equal(3, table.Count);
    }

    [Fact]
    public void Failed_NoSpareContact_IsForgottenAtTheLimitOnly()
    {
        var table = new RoutingTable(_self, Small);
        var (contact, living) = (InBucket(3), InBucket(4));
        table.Prove(contact, Now);
        table.Prove(living, Now);

        Assert.Equal(2, table.Failed(contact, Now, out _));
        Assert.Equal((2, 1), (table.Count, table.Closest(_self, 20, healthyOnly: true).Count));
        Assert.True(table.Heard(living, Now.AddSeconds(1)));
        Assert.Equal(0, table.Failed(contact, Now.AddSeconds(2), out _));

        Assert.Equal(1, table.Count);
    }

    [Fact]
    public void Failed_NobodyAnswers_ForgetsNobody()
    {
        var table = new RoutingTable(_self, Small);
        Contact[] contacts = [InBucket(3), InBucket(4)];
        foreach (var contact in contacts)
            table.Prove(contact, Now);

        for (var failures = 0; failures < 10; failures++)
            Array.ForEach(contacts, contact => table.Failed(contact, Now.AddSeconds(1), out _));

        Assert.Equal((2, 0), (table.Count, table.Closest(_self, 20, healthyOnly: true).Count));
    }

    [Fact]
    public void Heard_AfterAFailure_IsHealthyAgain()
    {
        var table = new RoutingTable(_self, Small);
        var contact = InBucket(3);
        table.Prove(contact, Now);
        table.Failed(contact, Now, out _);

        Assert.True(table.Heard(contact, Now));

        Assert.Single(table.Closest(_self, 20, healthyOnly: true));
        Assert.False(table.Heard(contact with { Address = Fresh() }, Now));
    }

    [Fact]
    public void Prove_KnownIdFromAnotherAddress_WinsOnlyAfterTheOldOneFailed()
    {
        var table = new RoutingTable(_self, Small);
        var old = InBucket(2);
        var moved = old with { Address = Fresh() };
        table.Prove(old, Now);

        Assert.Equal(Admission.Later, table.Consider(moved, Now.UtcTicks));
        Assert.Equal(Admission.Verify, table.Consider(moved, Now.UtcTicks + 1));
        Assert.False(table.Prove(moved, Now));
        table.Doubt(old, Now);
        Assert.False(table.Prove(moved, Now));
        table.Failed(old, Now, out var spare);
        Assert.Equal(moved, spare);
        Assert.Equal(Admission.Verify, table.Consider(moved, 0));
        Assert.True(table.Prove(moved, Now));

        Assert.Equal(moved, Assert.Single(table.Entries).Contact);
    }

    [Fact]
    public void Doubt_FirstSilence_IsNotHandedOutButKeepsItsPlaceUntilItFails()
    {
        var table = new RoutingTable(_self, Small);
        Contact[] contacts = [.. Enumerable.Range(0, 4).Select(_ => InBucket(0))];
        foreach (var contact in contacts[..3])
            table.Prove(contact, Now);

        table.Doubt(contacts[1], Now);

        Assert.DoesNotContain(contacts[1], table.Closest(_self, 20, healthyOnly: true));
        Assert.Equal(Admission.Wait, table.Consider(contacts[3], 0));
        table.Failed(contacts[1], Now, out _);
        Assert.Equal(Admission.Verify, table.Consider(contacts[3], 0));
    }

    [Fact]
    public void Oldest_SomeHeardAgainOrSilent_AreTheHealthyOnesHeardLeastRecently()
    {
        var table = new RoutingTable(_self, new KademliaOptions());
        Contact[] contacts = [.. Enumerable.Range(0, 6).Select(InBucket)];
        for (var i = 0; i < contacts.Length; i++)
            table.Prove(contacts[i], Now.AddSeconds(i));
        table.Heard(contacts[1], Now.AddSeconds(9));
        table.Doubt(contacts[2], Now.AddSeconds(9));

        Assert.Equal([contacts[0], contacts[3]], table.Oldest(2, Now.AddSeconds(5).UtcTicks));
        Assert.Equal([contacts[0]], table.Oldest(5, Now.AddSeconds(3).UtcTicks));
    }

    [Fact]
    public void Closest_ToldToAnAsker_NotesThoseThatItNamesAlone()
    {
        var table = new RoutingTable(_self, new KademliaOptions());
        Contact[] contacts = [.. Enumerable.Range(0, 12).Select(InBucket)];
        foreach (var contact in contacts)
            table.Prove(contact, Now);

        var known = table.Closest(contacts[3].Id, 12);
        var told = table.Closest(contacts[3].Id, 5, healthyOnly: true, asker: Fresh());

        Assert.Equal(12, known.Count);
        Assert.Equal(known.Take(5), told);
        Assert.Equal(told.ToHashSet(), table.InUse(Now.AddSeconds(1).UtcTicks).ToHashSet());
    }

    [Theory, InlineData(119, false), InlineData(121, true)]
    public void Asked_SomeTimeAfterItsLastAnswer_IsASignOfLifeOnlyForAWhile(int seconds, bool isInUse)
    {
        var table = new RoutingTable(_self, new KademliaOptions());
        var contact = InBucket(0);
        table.Prove(contact, Now);
        table.Closest(contact.Id, 5, healthyOnly: true, asker: Fresh());
        var later = Now.AddSeconds(seconds);

        table.Asked(contact with { Address = Fresh() }, later); // whoever that is
        Assert.Single(table.InUse(later.UtcTicks));
        table.Asked(contact, later);

        Assert.Equal(isInUse ? [contact] : [], table.InUse(later.AddHours(1).UtcTicks));
        Assert.Equal(isInUse ? [contact] : [], table.Oldest(1, later.UtcTicks));
        Assert.Equal([contact], table.Oldest(1, later.AddSeconds(1).UtcTicks));
    }

    [Theory, InlineData(1, 100), InlineData(2, 5000)]
    public void EstimateNodes_WholeNetworkMet_IsAboutItsSize(int seed, int count)
    {
        var random = new Random(seed);
        RoutingTable[] tables =
            [.. Enumerable.Range(0, 25).Select(_ => new RoutingTable(NodeId.Random(random), new KademliaOptions()))];
        Assert.Null(tables[0].EstimateNodes());
        for (var i = 0; i < count; i++)
        {
            foreach (var table in tables)
                table.Prove(new Contact(NodeId.Random(random), TestNetwork.AddressOf(i)), Now);
        }


        var median = tables.Select(table => table.EstimateNodes()!.Value).Order().ElementAt(12);

        Assert.InRange(median, 0.7 * count, 1.4 * count);
    }

    [Fact]
    public void Prove_OwnId_IsNeverEntered()
    {
        var table = new RoutingTable(_self, Small);

        Assert.Equal(Admission.None, table.Consider(new Contact(_self, Fresh()), 0));
        Assert.False(table.Prove(new Contact(_self, Fresh()), Now));
        Assert.Equal(0, table.Count);
    }

    [Fact]
    public void Prove_OneSubnet_GetsItsShareOfABucketAndOfTheTable()
    {
        var table = new RoutingTable(_self, new KademliaOptions());
        Contact Neighbour(int bucket, int host) =>
            new(_self.Diverge(bucket, _random), new NodeAddress(new IPAddress([192, 0, 2, (byte)host]), 4000));

        for (var bucket = 0; bucket < 8; bucket++)
        {
            for (var host = 0; host < 5; host++)
                table.Prove(Neighbour(bucket, (8 * bucket) + host), Now);
        }

        Assert.Equal(10, table.Count);
        Assert.All(
            table.Entries.GroupBy(entry => _self.SharedPrefix(entry.Contact.Id)),
            bucket => Assert.Equal(2, bucket.Count()));
        Assert.Equal(Admission.None, table.Consider(Neighbour(9, 200), 0));
        table.Remove(table.Entries.First().Contact);
        Assert.Equal(Admission.Verify, table.Consider(Neighbour(9, 200), 0));
    }

    [Theory, InlineData(true, 20), InlineData(false, 2)]
    public void Prove_LoopbackSubnet_IsExemptByOption(bool exempt, int expected)
    {
        var table = new RoutingTable(_self, new KademliaOptions { ExemptLoopback = exempt });

        for (ushort port = 1; port <= 30; port++)
            table.Prove(new Contact(_self.Diverge(0, _random), new NodeAddress(IPAddress.Loopback, port)), Now);

        Assert.Equal(expected, table.Count);
    }

    [Theory]
    [InlineData("10.0.0.1:4000", "10.0.9.1:4000")]
    [InlineData("127.0.0.1:5", "10.0.9.1:4000 127.0.0.1:6")]
    [InlineData("[2001:db8::9]:5", "10.0.9.1:4000 [2001:db8::1]:4000")]
    [InlineData("10.0.9.1:4000", "")]
    public void Closest_ForAnAsker_LeavesOutItselfAndWhatItCannotReach(string asker, string expected)
    {
        var table = new RoutingTable(_self, new KademliaOptions());
        foreach (var text in new[] { "10.0.9.1:4000", "127.0.0.1:6", "[2001:db8::1]:4000" })
            table.Prove(new Contact(NodeId.Random(_random), Parse(text)), Now);

        var told = table.Closest(_self, 20, asker: Parse(asker)).Select(contact => contact.Address.ToString());

        Assert.Equal(expected, string.Join(' ', told.Order(StringComparer.Ordinal)));

        static NodeAddress Parse(string text) => NodeAddress.TryParse(text, out var address) ? address : default;
    }

    [Fact]
    public void Overdue_BucketsDownToTheDeepestFilled_AreNamedOnceAnInterval()
    {
        var table = new RoutingTable(_self, new KademliaOptions());
        table.Prove(InBucket(5), Now);
        var named = new List<int>();

        while (table.Overdue(Now, _random) is { } target)
        {
            named.Add(_self.SharedPrefix(target));
            table.LookedUp(target, Now);
        }

        Assert.Equal([0, 1, 2, 3, 4, 5], named);
        Assert.Null(table.Overdue(Now.AddMinutes(59), _random));
        Assert.NotNull(table.Overdue(Now.AddMinutes(60), _random));
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public void Explored_AnyTargetAndDistance_MarksTheBucketsThatLieWhollyWithin(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 300; round++)
        {
            var table = new RoutingTable(_self, new KademliaOptions());
            table.Prove(new Contact(_self.Diverge(12, random), TestNetwork.AddressOf(1)), Now);
            var target = random.Next(4) == 0 ? _self : _self.Diverge(random.Next(14), random);
            var farthest = target.Diverge(random.Next(14), random);
            var late = random.Next(13, 16);

            table.Explored(target, farthest, Now);
            // a bucket that comes into being later
            table.Prove(new Contact(_self.Diverge(late, random), TestNetwork.AddressOf(2)), Now);
            var overdue = new HashSet<int>();
            while (table.Overdue(Now, random) is { } point)
            {
                overdue.Add(_self.SharedPrefix(point));
                table.LookedUp(point, Now);
            }

            for (var bit = 0; bit <= late; bit++)
            {
                var isWithin = Enumerable.Range(0, 200).All(_ => IsNearer(_self.Diverge(bit, random)));
                Assert.True(
                    isWithin != overdue.Contains(bit) || bit == _self.SharedPrefix(target),
                    $"seed {seed} round {round} bucket {bit}");
            }

            bool IsNearer(NodeId id) => id.SharedPrefix(target) > target.SharedPrefix(farthest);
        }
    }

    private Contact InBucket(int bucket) => new(_self.Diverge(bucket, _random), Fresh());

    private NodeAddress Fresh() => TestNetwork.AddressOf(++_hosts);
}
