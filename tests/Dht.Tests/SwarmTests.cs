using NuCypher.P2P.Dht.Tests.Records;

namespace NuCypher.P2P.Dht.Tests;

/// <summary>Whole networks in virtual time.</summary>
public sealed class SwarmTests
{
    [Theory, InlineData(1), InlineData(2)]
    public void Bootstrap_TwentyNodesAtOnce_KnowEachOtherInTenSeconds(int seed)
    {
        var network = new TestNetwork(seed);
        network.Add();
        for (var i = 1; i < 20; i++)
            network.Start(network.Add(), (core, now, id) => core.Bootstrap(now, id, [network.Nodes[0].Address]));

        network.Pass(TimeSpan.FromSeconds(10));

        Assert.All(
            network.Nodes,
            node => Assert.True(node.Core.Contacts.Count >= 18, $"seed {seed}: {node.Core.Contacts.Count}"));
    }

    [Theory, InlineData(3)]
    [Trait("Row", "NW-01")]
    public void FindClosest_TwoHundredNodes_FindsTheTrueNearest(int seed)
    {
        var network = new TestNetwork(seed);
        network.Grow(200);
        var hits = 0;

        for (var round = 0; round < 40; round++)
        {
            var asker = network.Nodes[network.Random.Next(200)];
            var key = NodeId.Random(network.Random);
            var truth = network.Nodes.Where(n => n != asker).Select(n => n.Contact).Order(new ByDistance(key)).Take(20);

            var found = Assert.IsType<ClosestFound>(
                network.Run(asker, (core, now, id) => core.FindClosest(now, id, key)));

            hits += found.Contacts.Intersect(truth).Count();
        }

        Assert.True(hits >= 0.95 * 40 * 20, $"seed {seed}: {hits} of 800");
    }

    [Theory, InlineData(4), InlineData(5)]
    public void GetRecord_LossDuplicationReorderingAndDeadNodes_SucceedsIn99Percent(int seed)
    {
        const int Gets = 200;
        var network = new TestNetwork(seed);
        network.Grow(100);
        (network.Loss, network.Duplication) = (0.2, 0.1);
        var keys = Enumerable.Range(0, 20).Select(i => Publish(network, i)).ToArray();
        foreach (var node in network.Nodes.Skip(1).Where((_, i) => i % 5 == 0))
            node.IsDead = true;
        var living = network.Nodes.Where(node => !node.IsDead).ToArray();
        var (found, longest) = (0, 0L);

        for (var i = 0; i < Gets; i++)
        {
            var before = network.Datagrams;
            var asker = living[network.Random.Next(living.Length)];
            var outcome = network.Run(asker, (core, now, id) => core.GetRecord(now, id, keys[i % keys.Length]));
            found += outcome is RecordFound ? 1 : 0;
            longest = Math.Max(longest, network.Datagrams - before);
        }

        Assert.True(found >= 0.99 * Gets, $"seed {seed}: {found} of {Gets}");
        Assert.True(longest < 2000, $"seed {seed}: {longest} datagrams in the whole network during one get");
        Assert.True(network.LongestDatagram <= 1232, $"seed {seed}: {network.LongestDatagram}");
    }

    [Theory, InlineData(6)]
    [Trait("Row", "NW-05")]
    public void GetRecord_AllHoldersButOneDead_FindsIt(int seed)
    {
        var network = new TestNetwork(seed);
        network.Grow(100);
        var key = Publish(network, 1);
        var holders = network.Nodes.Where(node => Holds(network, node, key)).ToArray();
        foreach (var holder in holders.Skip(1))
            holder.IsDead = true;
        var asker = network.Nodes.First(node => !node.IsDead && node != holders[0]);

        var outcome = network.Run(asker, (core, now, id) => core.GetRecord(now, id, key));

        Assert.InRange(holders.Length, 20, 21); // 20 found, and the publisher itself if it is near enough
        Assert.IsType<RecordFound>(outcome);
    }

    [Fact]
    [Trait("Row", "NW-06")]
    public void GetRecord_UnknownKey_IsNotFoundInThreeSeconds()
    {
        var network = new TestNetwork(7);
        network.Grow(50);
        var start = network.Now;

        var outcome = network.Run(
            network.Nodes[3], (core, now, id) => core.GetRecord(now, id, NodeId.Random(network.Random)));

        Assert.Equal(new OperationFailed(DhtFailure.NotFound), outcome);
        Assert.True(network.Now - start < TimeSpan.FromSeconds(3));
    }

    [Fact]
    public void PublishRecord_HigherSequence_ReplacesTheOlderEverywhere()
    {
        var network = new TestNetwork(8);
        network.Grow(60);
        var publisher = DigestSigner.Publisher(1);
        var old = DigestSigner.Record(publisher, network.Now.AddDays(1), sequence: 1);
        var renewed = DigestSigner.Record(publisher, network.Now.AddDays(2), sequence: 2);
        network.Run(network.Nodes[1], (core, now, id) => core.PublishRecord(now, id, old));

        network.Run(network.Nodes[2], (core, now, id) => core.PublishRecord(now, id, renewed));
        network.Run(network.Nodes[3], (core, now, id) => core.PublishRecord(now, id, old));

        var outcome = network.Run(network.Nodes[4], (core, now, id) => core.GetRecord(now, id, old.Key));
        Assert.Equal(2UL, Assert.IsType<RecordFound>(outcome).Record.Sequence);
    }

    [Theory, InlineData(21), InlineData(22)]
    public void PublishRecord_HoldersOfTheOlderWereAway_BringNoCopyBackUntilBothAreOver(int seed)
    {
        var network = new TestNetwork(seed);
        network.Grow(60);
        var (publisher, end) = (DigestSigner.Publisher(1), network.Now.AddHours(6));
        var map = DigestSigner.Record(publisher, end, sequence: 1);
        var withdrawal = DigestSigner.Record(publisher, end, sequence: 2, bodySize: 8);
        var (owner, asker) = (network.Nodes[1], network.Nodes[2]);
        network.Run(owner, (core, now, id) => core.PublishRecord(now, id, map));
        var away = network.Nodes.Where(node => node != owner && node != asker && Holds(network, node, map.Key)).Take(8)
            .ToList();
        away.ForEach(node => node.IsDead = true);
        network.Run(owner, (core, now, id) => core.PublishRecord(now, id, withdrawal));
        owner.IsDead = true;
        away.ForEach(node => node.IsDead = false);

        network.Pass(TimeSpan.FromMinutes(70)); // until the others have stored it again
        for (; network.Now < end.AddHours(-1); network.Pass(TimeSpan.FromMinutes(70)))
        {
            var found = network.Run(asker, (core, now, id) => core.GetRecord(now, id, map.Key));
            Assert.Equal(2UL, Assert.IsType<RecordFound>(found).Record.Sequence);
        }
        network.Pass(end - network.Now);

        Assert.Equal(
            new OperationFailed(DhtFailure.NotFound),
            network.Run(asker, (core, now, id) => core.GetRecord(now, id, map.Key)));
        Assert.DoesNotContain(network.Living, node => Holds(network, node, map.Key));
    }

    [Fact]
    public void PublishRecord_HoldersDieOneAfterTheOther_StaysThroughRepublishingAndEndsOnTime()
    {
        var network = new TestNetwork(9);
        network.Grow(60);
        var record = DigestSigner.Record(DigestSigner.Publisher(1), network.Now.AddHours(6));
        var owner = network.Nodes[5];
        network.Run(owner, (core, now, id) => core.PublishRecord(now, id, record));
        owner.IsDead = true;
        var asker = network.Nodes[0];

        for (var hour = 0; hour < 4; hour++)
        {
            foreach (var holder in network.Nodes.Where(
                node => node != asker && Holds(network, node, record.Key)).Take(5).ToArray())
                holder.IsDead = true;
            network.Pass(TimeSpan.FromMinutes(70));
        }

        var before = network.Run(asker, (core, now, id) => core.GetRecord(now, id, record.Key));
        network.Pass(record.NotAfter - network.Now);
        var after = network.Run(asker, (core, now, id) => core.GetRecord(now, id, record.Key));
        Assert.IsType<RecordFound>(before);
        Assert.Equal(new OperationFailed(DhtFailure.NotFound), after);
        network.Pass(TimeSpan.FromMinutes(2));
        Assert.All(network.Nodes.Where(node => !node.IsDead), node => Assert.Equal(0, node.Core.Statistics.Records));
    }

    [Fact]
    public void Bootstrap_NewNodeNearAKey_IsHandedTheRecord()
    {
        var network = new TestNetwork(10);
        network.Grow(40);
        var key = Publish(network, 1);
        TestNode? newcomer = null;
        for (var i = 0; i < 10 && newcomer is null; i++)
        {
            var node = network.Add();
            network.Run(node, (core, now, id) => core.Bootstrap(now, id, [network.Nodes[0].Address]));
            network.Pass(TimeSpan.FromSeconds(5));
            var rank = network.Nodes.Count(
                other => other.Core.Self.DistanceTo(key).CompareTo(node.Core.Self.DistanceTo(key)) < 0);
            newcomer = rank < 15 ? node : null;
        }

        Assert.NotNull(newcomer);
        Assert.True(Holds(network, newcomer, key));
    }

    [Fact]
    [Trait("Row", "NW-09")]
    public void PublishRecord_NetworkWithClients_ChoosesNoClient()
    {
        var network = new TestNetwork(11);
        network.Grow(30);
        var clients = Enumerable.Range(0, 10).Select(
            _ => network.Add(new KademliaOptions { ClientMode = true })).ToArray();
        foreach (var client in clients)
            network.Run(client, (core, now, id) => core.Bootstrap(now, id, [network.Nodes[0].Address]));
        network.Pass(TimeSpan.FromSeconds(10));
        var storesAtClients = 0;
        network.Filter = (_, to, datagram) =>
        {
            storesAtClients += IsStore(datagram) && clients.Any(client => client.Address == to) ? 1 : 0;
            return true;
        };

        var keys = Enumerable.Range(0, 50).Select(i => Publish(network, i, network.Nodes[30 + (i % 10)])).ToArray();

        Assert.Equal(0, storesAtClients);
        Assert.All(clients, client => Assert.Equal(0, client.Core.Statistics.Records));
        Assert.All(
            network.Nodes,
            node => Assert.DoesNotContain(node.Core.Contacts, contact => clients.Any(c => c.Contact == contact)));
        Assert.IsType<RecordFound>(network.Run(clients[0], (core, now, id) => core.GetRecord(now, id, keys[0])));
    }

    [Fact]
    [Trait("Row", "NW-03")]
    public void Bootstrap_OneOfTwoSeedsDead_JoinsInTenSeconds()
    {
        var network = new TestNetwork(12);
        network.Grow(20);
        var dead = network.Add();
        dead.IsDead = true;
        var start = network.Now;

        var node = network.Add();
        NodeAddress[] seeds = [dead.Address, network.Nodes[0].Address];
        var outcome = network.Run(node, (core, now, id) => core.Bootstrap(now, id, seeds));

        Assert.IsType<Joined>(outcome);
        Assert.True(network.Now - start < TimeSpan.FromMilliseconds(110)); // the dead seed is not waited for
        network.Pass(TimeSpan.FromSeconds(10));
        Assert.True(node.Core.Contacts.Count >= 19);
    }

    [Fact]
    public void Bootstrap_SavedPeersAndNoSeed_JoinsAgain()
    {
        var network = new TestNetwork(13);
        network.Grow(20);
        var saved = network.Nodes[7].Core.Contacts;
        network.Nodes[0].IsDead = true;
        network.Nodes[7].IsDead = true;

        var node = network.Add();
        var addresses = saved.Select(contact => contact.Address);
        var outcome = network.Run(node, (core, now, id) => core.Bootstrap(now, id, addresses));
        network.Pass(TimeSpan.FromSeconds(10));

        Assert.IsType<Joined>(outcome);
        Assert.True(node.Core.Contacts.Count >= 18);
    }

    [Fact]
    public void GetRecord_RightAfterJoiningWhileHalfTheSwarmIsDead_FindsIt()
    {
        var network = new TestNetwork(17);
        network.Grow(60);
        var key = Publish(network, 1);
        foreach (var node in network.Nodes.Skip(1).Where((_, i) => i % 2 == 0))
            node.IsDead = true;
        var (client, start) = (network.Add(new KademliaOptions { ClientMode = true }), network.Now);

        network.Run(client, (core, now, id) => core.Bootstrap(now, id, [network.Nodes[0].Address]));
        var outcome = network.Run(client, (core, now, id) => core.GetRecord(now, id, key));

        Assert.IsType<RecordFound>(outcome);
        Assert.True(network.Now - start < TimeSpan.FromSeconds(3), $"{network.Now - start}");
    }

    [Theory, InlineData(18), InlineData(19)]
    public void Contacts_FortyOfFortyOneNeighboursDied_NoneIsHandedOutAMinuteLater(int seed)
    {
        var network = new TestNetwork(seed);
        network.Grow(42);
        var witness = network.Nodes[7];
        foreach (var node in network.Nodes.Skip(2).Where(node => node != witness))
            node.IsDead = true;

        network.Pass(TimeSpan.FromMinutes(1));

        var told = network.Told(witness, 30);
        Assert.NotEmpty(told);
        Assert.DoesNotContain(told, network.IsDead);
    }

    [Theory, InlineData(20)]
    public void Contacts_FewOfManyDied_LeaveTheAnswersAMinuteAfterTheyWereHandedOut(int seed)
    {
        var network = new TestNetwork(seed);
        network.Grow(60);
        network.Pass(TimeSpan.FromMinutes(1));
        foreach (var node in network.Nodes.Skip(10).Take(4))
            node.IsDead = true;

        foreach (var node in network.Living)
            network.Told(node, 20);
        network.Pass(TimeSpan.FromMinutes(1));

        foreach (var node in network.Living)
            Assert.DoesNotContain(network.Told(node, 20), network.IsDead);
    }

    [Theory, InlineData(21)]
    public void Bootstrap_NodeThatMoved_IsFoundAtItsNewAddressWithinSeconds(int seed)
    {
        var network = new TestNetwork(seed);
        network.Grow(40);
        network.Pass(TimeSpan.FromMinutes(1));
        var old = network.Nodes[9];
        old.IsDead = true;
        var core = new KademliaNode(old.Core.Self, new KademliaOptions(), DigestSigner.Verify, new Random(1));
        var moved = network.Add(core, TestNetwork.AddressOf(500));

        network.Run(moved, (core, now, id) => core.Bootstrap(now, id, [network.Nodes[0].Address]));
        network.Pass(TimeSpan.FromSeconds(10));

        var knowing = network.Living.Count(node => node.Core.Contacts.Contains(moved.Contact));
        Assert.True(knowing >= 18, $"{knowing} of 39"); // those near it, who are asked for it
        foreach (var asker in network.Living.Where(node => node != moved))
        {
            var found = network.Run(asker, (core, now, id) => core.FindClosest(now, id, moved.Core.Self));
            Assert.Equal(moved.Contact, Assert.IsType<ClosestFound>(found).Contacts[0]);
        }
    }

    [Fact]
    public void Pass_OwnNetworkCutForMinutes_ForgetsNobodyAndKnowsThemAgainSoon()
    {
        var network = new TestNetwork(22);
        network.Grow(40);
        network.Pass(TimeSpan.FromMinutes(5)); // until it knows everybody
        var node = network.Nodes[5];
        var before = node.Core.Statistics.Contacts;
        network.Filter = (from, to, _) => from != node.Address && to != node.Address;

        network.Pass(TimeSpan.FromMinutes(5));
        Assert.Empty(node.Core.Contacts);
        Assert.Equal(before, node.Core.Statistics.Contacts);
        network.Filter = (_, _, _) => true;
        network.Pass(TimeSpan.FromSeconds(75));

        Assert.Equal(before, node.Core.Contacts.Count);
    }

    [Fact]
    public void Bootstrap_NobodyThere_FailsWithNoAnswer()
    {
        var network = new TestNetwork(14);
        var node = network.Add();

        var outcome = network.Run(
            node, (core, now, id) => core.Bootstrap(now, id, [TestNetwork.AddressOf(99), node.Address]));

        Assert.Equal(new OperationFailed(DhtFailure.NoAnswer), outcome);
    }

    [Fact]
    public void Leave_OpenOperations_EndAndNothingIsSentAnyMore()
    {
        var network = new TestNetwork(15);
        network.Grow(20);
        var node = network.Nodes[3];
        var open = network.Start(node, (core, now, id) => core.FindClosest(now, id, NodeId.Random(network.Random)));

        var left = network.Run(node, (core, now, id) => core.Leave(now, id));
        var sent = 0;
        network.Filter = (from, _, _) => from != node.Address || ++sent < 0;
        network.Pass(TimeSpan.FromHours(3));

        Assert.IsType<Left>(left);
        Assert.Equal(new OperationFailed(DhtFailure.Left), network.OutcomeOf(open));
        Assert.Equal(0, sent);
        Assert.All(
            network.Nodes.Where(other => other != node),
            other => Assert.DoesNotContain(node.Contact, other.Core.Contacts));
        network.Filter = (_, _, _) => true;
        Assert.IsType<Joined>(
            network.Run(node, (core, now, id) => core.Bootstrap(now, id, [network.Nodes[0].Address])));
    }

    [Theory, InlineData(24)]
    public void PublishRecord_SomeOfTheNearestDeadUnnoticed_OthersKeepItInTheirPlace(int seed)
    {
        var network = new TestNetwork(seed);
        network.Grow(100);
        var record = DigestSigner.Record(DigestSigner.Publisher(1), network.Now.AddDays(1));
        var nearest = network.Nodes.Skip(1).OrderBy(node => node.Core.Self.DistanceTo(record.Key)).ToArray();
        foreach (var node in nearest.Skip(9).Take(8))
            node.IsDead = true; // beyond the eight that must answer first

        var outcome = network.Run(network.Nodes[0], (core, now, id) => core.PublishRecord(now, id, record));

        Assert.InRange(Assert.IsType<Stored>(outcome).Acknowledged, 16, 20); // 12 if nobody stepped in
    }

    [Theory, InlineData(23), InlineData(28), InlineData(30), InlineData(34)]
    public void Trace_SomeHoldersDead_NamesEveryHopAndWhatCameOfIt(int seed)
    {
        var network = new TestNetwork(seed);
        network.Grow(120);
        var key = Publish(network, 1);
        var asker = network.Nodes.First(node => !Holds(network, node, key));
        var holders = network.Nodes.Where(node => Holds(network, node, key)).ToArray();
        var known = asker.Core.Contacts.ToHashSet(); // those of them are asked first
        foreach (var holder in holders.OrderBy(node => known.Contains(node.Contact) ? 0 : 1)
            .ThenBy(node => node.Core.Self.DistanceTo(key)).Take(4))
            holder.IsDead = true;

        var traced = Assert.IsType<Traced>(network.Run(asker, (core, now, id) => core.Trace(now, id, key)));

        var depths = traced.Hops.ToDictionary(hop => hop.Contact.Id, hop => hop.Depth);
        Assert.All(traced.Hops, hop => Assert.Equal(
            hop.Depth, hop.NamedBy is { } by ? depths[by] + 1 : 1));
        Assert.All(traced.Hops, hop => Assert.Equal(hop.Contact.Id.SharedPrefix(key), hop.SharedBits));
        // after the first value others are awaited for a moment only: seeds 28 and 30 got one or two of three
        Assert.InRange(traced.Values, 1, 3);
        Assert.Equal(traced.Values, traced.Hops.Count(hop => hop.End == HopEnd.Value));
        Assert.All(traced.Hops.Where(hop => hop.End == HopEnd.Value), hop => Assert.Contains(
            holders, holder => holder.Contact == hop.Contact && !holder.IsDead));
        var dead = traced.Hops.Where(hop => network.IsDead(hop.Contact)).ToArray();
        Assert.NotEmpty(dead);
        Assert.All(dead, hop => Assert.True(hop.End is HopEnd.Silent or HopEnd.NotAwaited, $"{hop}"));
        Assert.All(traced.Hops, hop => Assert.InRange(hop.New, 0, hop.Named));
    }

    [Theory, InlineData(16)]
    public void Run_SameSeedTwice_SendsTheSameDatagrams(int seed) => Assert.Equal(Trace(seed), Trace(seed));

    private static bool IsStore(ReadOnlyMemory<byte> datagram) =>
        RpcHeader.TryRead(datagram, out var kind, out var id, out var body) && kind == RpcHeader.Request
            && id != default
        && RpcRequest.TryRead(body, out var request) && request.Method == RpcMethod.Store;

    private static string Trace(int seed)
    {
        var hash = System.Security.Cryptography.IncrementalHash.CreateHash(
            System.Security.Cryptography.HashAlgorithmName.SHA256);
        var network = new TestNetwork(seed) { Loss = 0.1 };
        network.Filter = (_, _, datagram) =>
        {
            hash.AppendData(datagram.Span);
            return true;
        };
        network.Grow(30);
        Publish(network, 1);
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private static NodeId Publish(TestNetwork network, int number, TestNode? node = null)
    {
        var record = DigestSigner.Record(DigestSigner.Publisher(number), network.Now.AddDays(1));
        var outcome = network.Run(node ?? network.Nodes[1], (core, now, id) => core.PublishRecord(now, id, record));
        Assert.True(outcome is Stored { Acknowledged: >= 3 }, outcome.ToString());
        return record.Key;
    }

    private static bool Holds(TestNetwork network, TestNode node, NodeId key) => node.Core.Holds(network.Now, key);
}
