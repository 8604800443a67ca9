using NuCypher.P2P.Dht.Tests.Records;
using NuCypher.P2P.Dht.Tests.Vectors;

namespace NuCypher.P2P.Dht.Tests;

/// <summary>One node and scripted peers: what it lets others make it do.</summary>
public sealed class KademliaNodeTests
{
    private static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly OperationId Operation = new(1);

    private readonly Random _random = new(11);
    private readonly NodeId _self = NodeId.Random(new Random(10));
    private DateTimeOffset _now = Start;
    private DateTimeOffset _wakeAt;
    private long _timerId;
    private int _wakes;
    private int _hosts;

    [Theory, InlineData(1), InlineData(2)]
    public void Receive_MutatedAndRandomDatagrams_NeverThrowsAndStaysSmall(int seed)
    {
        var random = new Random(seed);
        var node = Node(new KademliaOptions { AcceptPlain = true, ExemptLoopback = false });
        var seeds = RpcudpVectors.Sniffed.Select(datagram => datagram.Bytes).Concat(
            RpcudpVectors.Odd.Select(odd => odd.Request)).ToArray();
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = seeds[random.Next(seeds.Length)].Take(9000).ToArray();
            for (var flips = random.Next(0, 8); flips > 0 && bytes.Length > 0; flips--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            var effects = node.Receive(
                _now += TimeSpan.FromMilliseconds(1), TestNetwork.AddressOf(random.Next(500)),
                bytes.AsMemory(0, random.Next(bytes.Length + 1)));

            Assert.True(effects.Count <= 4, $"seed {seed} round {round}: {effects.Count} effects");
        }
        var statistics = node.Statistics;
        Assert.True(
            statistics.Dropped > 0 && statistics.Requests > 0 && statistics.Pending <= 64 && statistics.Contacts == 0);
    }

    [Theory, InlineData(1431, false), InlineData(1432, true), InlineData(60_000, true)]
    public void Receive_StoreOfAValueThatWasCut_IsAnsweredFalseFromItsHead(int received, bool isAnswered)
    {
        var node = Node(new KademliaOptions { AcceptPlain = true, MaxPlainValueSize = 70_000 });
        var peer = Peer(node);
        var store = peer.Writer.Request(
            MessageId.Random(_random), RpcMethod.Store, NodeId.Random(_random),
            PlainValue.FromBytes(new byte[65_000]).Encoded.Span);

        var reply = peer.Reply(node.Receive(_now, peer.Address, store.AsMemory(0, received)));

        Assert.Equal(isAnswered ? 0xC2 : null, reply?[^1]);
        Assert.Equal(0, node.Statistics.PlainValues);
    }

    [Theory, InlineData(1431), InlineData(1432)]
    public void GetValue_ReplyOfTheMostBytesThatAreRead_IsTooLongAndFromOneWhoLives(int length)
    {
        var node = Node();
        var holder = Peer(node);
        holder.Introduce(_now);
        var get = holder.Sent(
            node.GetValue(_now, new OperationId(1), NodeId.Random(_random)), RpcMethod.FindValue).Single();
        var reply = holder.Writer.Value(Dht.Tests.Peer.IdOf(get), PlainValue.FromBytes(new byte[9000]).Encoded.Span);

        var effects = node.Receive(_now, holder.Address, reply.AsMemory(0, length));

        var outcome = effects.OfType<OperationFinished>().SingleOrDefault()?.Outcome;
        Assert.Equal(length == 1432 ? new OperationFailed(DhtFailure.TooLong) : null, outcome);
        Assert.Equal([holder.Contact], node.Contacts);
    }

    [Fact]
    public void Receive_PongOfTheMostBytesThatAreRead_DoubtsNobody()
    {
        var node = Node(new KademliaOptions { StaleAfter = TimeSpan.Zero });
        var peer = Peer(node);
        peer.Introduce(_now);
        var ping = peer.Sent(node.Expire(_now += TimeSpan.FromMinutes(20), 1), RpcMethod.Ping).First();

        node.Receive(_now, peer.Address, (byte[])[.. peer.Writer.Pong(Dht.Tests.Peer.IdOf(ping)), .. new byte[1432]]);

        Assert.Equal([peer.Contact], node.Contacts);
    }

    [Fact]
    public void Receive_UnknownSender_EntersTheTableOnlyAfterItsPong()
    {
        var node = Node();
        var peer = Peer(node);
        var other = Peer(node);

        var effects = peer.Request(_now, RpcMethod.Ping);
        Assert.Empty(node.Contacts);
        Assert.Empty(Dht.Tests.Peer.ContactsOf(other.Reply(other.Request(_now, RpcMethod.FindNode, peer.Id))!));
        peer.Pong(_now, peer.Sent(effects, RpcMethod.Ping).Single());

        Assert.Equal([peer.Contact], node.Contacts);
        Assert.Equal(
            [peer.Contact], Dht.Tests.Peer.ContactsOf(other.Reply(other.Request(_now, RpcMethod.FindNode, peer.Id))!));
    }

    [Fact]
    [Trait("Row", "NW-12")]
    public void Receive_PongWithAnotherId_EntersTheTrueIdAlone()
    {
        var node = Node();
        var (liar, honest) = (Peer(node), NodeId.Random(_random));
        var ping = liar.Sent(liar.Request(_now, RpcMethod.Ping), RpcMethod.Ping).Single();

        node.Receive(_now, liar.Address, new RpcWriter(honest, false).Pong(Dht.Tests.Peer.IdOf(ping)));

        Assert.Equal([new Contact(honest, liar.Address)], node.Contacts);
    }

    [Fact]
    public void Receive_PongFromAnotherAddressOrWithAnotherMessageId_IsIgnored()
    {
        var node = Node();
        var (peer, thief) = (Peer(node), Peer(node));
        var ping = peer.Sent(peer.Request(_now, RpcMethod.Ping), RpcMethod.Ping).Single();

        thief.Pong(_now, ping);
        node.Receive(_now, peer.Address, peer.Writer.Pong(MessageId.Random(_random)));

        Assert.Empty(node.Contacts);
        Assert.Equal(2, node.Statistics.Dropped);
    }

    [Fact]
    public void Receive_ForgedSenderOfFullHolder_GetsLessThanThreeBytesPerByteAndNoHandover()
    {
        var node = Node();
        for (var i = 0; i < 100; i++)
            StoreRecord(node, i);
        var victim = Peer(node);
        var sent = 0;

        var ping = victim.Writer.Request(MessageId.Random(_random), RpcMethod.Ping);
        sent += BytesTo(victim, node.Receive(_now, victim.Address, ping));
        for (var i = 0; i < 100; i++)
            sent += BytesTo(victim, node.Expire(_now += TimeSpan.FromSeconds(1), i));

        Assert.True(sent < 3 * ping.Length, $"{sent} bytes for {ping.Length}");
    }

    [Fact]
    public void Receive_AnyRequestFromAnUnprovenAddress_GetsAtMostThreeBytesPerByte()
    {
        var node = Crowded();
        var record = DigestSigner.Record(DigestSigner.Publisher(1), _now.AddDays(1), bodySize: 900);
        var publisher = Peer(node);
        Noting(node.Ping(_now, Operation, publisher.Address)).OfType<Send>().ToList()
            .ForEach(ping => Noting(publisher.Pong(_now, ping)));
        Noting(publisher.Request(_now, RpcMethod.Store, record.Key, ValueStore.Encode(record)));
        Assert.True(publisher.Reply(publisher.Request(_now, RpcMethod.FindValue, record.Key))!.Length > 900);

        RpcMethod[] methods = [.. Enum.GetValues<RpcMethod>(), .. Enum.GetValues<RpcMethod>()];
        foreach (var (index, method) in methods.Index())
        {
            var (victim, sent) = (Peer(node), 0);
            var writer = new RpcWriter(victim.Id, false, isProver: index >= methods.Length / 2);
            var request = writer.Request(MessageId.Random(_random), method, record.Key, ValueStore.Encode(record));
            sent += BytesTo(victim, Noting(node.Receive(_now, victim.Address, request)));
            for (var end = _now.AddSeconds(20); _now < end;)
                sent += BytesTo(victim, Wake(node));

            Assert.True(sent > 0 && sent <= 3 * request.Length, $"{method}: {sent} bytes for {request.Length}");
        }
    }

    [Theory, InlineData(RpcMethod.FindNode), InlineData(RpcMethod.FindValue)]
    public void Receive_PythonPeersQuestionWithALongAnswer_IsAnsweredInFullAfterItsPong(object asked)
    {
        var (node, method) = (Crowded(), (RpcMethod)asked);
        var peer = Peer(node);

        var effects = peer.Request(_now, method, NodeId.Random(_random));
        Assert.Null(peer.Reply(effects));
        var reply = peer.Reply(peer.Pong(_now, peer.Sent(effects, RpcMethod.Ping).Single()));

        Assert.Equal(20, Dht.Tests.Peer.ContactsOf(reply!).Count);
        Assert.NotNull(peer.Reply(peer.Request(_now.AddMinutes(9), method, NodeId.Random(_random))));
        Assert.Null(peer.Reply(peer.Request(_now.AddMinutes(30), method, NodeId.Random(_random))));
    }

    [Fact]
    public void Receive_LongQuestionFromWhoDoesNotPong_IsAnsweredShortlyAfterAWhile()
    {
        var node = Crowded();
        var (peer, start) = (Peer(node), _now);

        var effects = Noting(peer.Request(_now, RpcMethod.FindNode, NodeId.Random(_random)));
        while (peer.Reply(effects) is null)
            effects = Wake(node);

        Assert.Equal(new KademliaOptions().ProofWait, _now - start);
        Assert.InRange(Dht.Tests.Peer.ContactsOf(peer.Reply(effects)!).Count, 1, 5);
    }

    [Fact]
    public void Receive_MoreLongQuestionsThanMayWait_AreAnsweredShortlyAtOnce()
    {
        var node = Crowded(new KademliaOptions { MaxDeferredPerSource = 2, MaxDeferred = 3 });
        var (one, two) = (Peer(node), Peer(node));

        bool[] waits = [.. new[] { one, one, one, two, two }.Select(
            peer => peer.Reply(peer.Request(_now, RpcMethod.FindNode, NodeId.Random(_random))) is null)];

        Assert.Equal([true, true, false, true, false], waits);
    }

    [Fact]
    public void Receive_FilledUpQuestion_IsAnsweredInFullAtOnceWithAChallengeWhoseAnswerIsAProof()
    {
        var node = Crowded();
        var peer = new Peer(node, _self.Diverge(20, _random), Fresh()); // its bucket has room
        var question = new RpcWriter(peer.Id, false, isProver: true)
            .Request(MessageId.Random(_random), RpcMethod.FindNode, _self, atLeast: 411);

        var effects = node.Receive(_now, peer.Address, question);
        var reply = peer.Reply(effects)!;
        Assert.True(RpcResponse.TryRead(reply.AsMemory(RpcHeader.Size), out var response));
        Assert.Empty(peer.Sent(effects, RpcMethod.Ping));
        Assert.Equal((20, _self), (Dht.Tests.Peer.ContactsOf(reply).Count, response.Trailer.Sender));
        Assert.True(response.Trailer.IsUrgent);
        Assert.InRange(reply.Length, 744, 3 * question.Length);
        var challenge = response.Trailer.Challenge!.Value;
        var dropped = node.Statistics.Dropped;

        node.Receive(_now.AddSeconds(1), Fresh(), peer.Writer.Pong(challenge));
        Assert.Equal(dropped + 1, node.Statistics.Dropped);
        node.Receive(_now.AddSeconds(1), peer.Address, peer.Writer.Pong(challenge));

        Assert.Contains(peer.Contact, node.Contacts);
        Assert.NotNull(peer.Reply(peer.Request(_now.AddSeconds(1), RpcMethod.FindNode, NodeId.Random(_random))));
        node.Receive(_now.AddMinutes(3), peer.Address, peer.Writer.Pong(challenge));
        Assert.Equal(dropped + 2, node.Statistics.Dropped);
    }

    [Fact]
    public void Receive_ResponseWithAChallenge_IsAnsweredWithAPongAtOnceAndItsSenderEntered()
    {
        var node = Node();
        var peer = Peer(node);
        var challenge = MessageId.Random(_random);
        var ping = peer.Sent(node.Ping(_now, Operation, peer.Address), RpcMethod.Ping).Single();

        var proof = Trailer.Proof(peer.Id, challenge, isUrgent: true);
        var effects = node.Receive(_now, peer.Address, peer.Writer.Pong(Dht.Tests.Peer.IdOf(ping), proof));

        var pong = Assert.Single(effects.OfType<Send>(), Dht.Tests.Peer.IsResponse);
        Assert.Equal((peer.Address, challenge), (pong.To, Dht.Tests.Peer.IdOf(pong)));
        Assert.Equal([peer.Contact], node.Contacts);
    }

    [Fact]
    public void Receive_StoreOverAPlainValueFromAnUnprovenAddress_WaitsForItsPong()
    {
        var node = Node(new KademliaOptions { AcceptPlain = true });
        var (owner, peer, key) = (Peer(node), Peer(node), NodeId.Random(_random));
        owner.Introduce(_now);
        owner.Request(_now, RpcMethod.Store, key, PlainValue.FromText("old").Encoded.Span);

        var effects = peer.Request(_now, RpcMethod.Store, key, PlainValue.FromText("new").Encoded.Span);
        Assert.Null(peer.Reply(effects));
        var reply = peer.Reply(peer.Pong(_now, peer.Sent(effects, RpcMethod.Ping).Single()))!;

        Assert.True(RpcResponse.TryRead(reply.AsMemory(RpcHeader.Size), out var stored) && stored.IsTrue());
        var found = owner.Reply(owner.Request(_now, RpcMethod.FindValue, key))!;
        Assert.True(found.AsSpan().IndexOf("new"u8) > 0);
    }

    [Fact]
    public void Receive_StoresUnderOneKeyAboveItsRate_AreRefused()
    {
        var node = Node(new KademliaOptions { AcceptPlain = true, KeyStoreBurst = 3, KeyStoreRate = 1 });
        var key = NodeId.Random(_random);

        bool[] kept = [.. Enumerable.Range(0, 5).Select(_ => Keeps(Peer(node), key, _now))];

        Assert.Equal([true, true, true, false, false], kept);
        Assert.True(Keeps(Peer(node), key, _now.AddSeconds(1)));
        Assert.True(Keeps(Peer(node), NodeId.Random(_random), _now.AddSeconds(1)));

        static bool Keeps(Peer peer, NodeId key, DateTimeOffset now)
        {
            var reply = peer.Reply(peer.Request(now, RpcMethod.Store, key, [0xC3]))!;
            return RpcResponse.TryRead(reply.AsMemory(RpcHeader.Size), out var stored) && stored.IsTrue();
        }
    }

    [Fact]
    public void Receive_RequestsAboveTheRateOfASubnet_AreDroppedForThatSubnetAlone()
    {
        var node = Node(new KademliaOptions { SubnetRequestRate = 10, SubnetRequestBurst = 20 });

        var answered = Enumerable.Range(0, 50).Count(host => IsAnswered([192, 0, 2, (byte)host]));

        Assert.Equal(20, answered);
        Assert.True(IsAnswered([192, 0, 3, 1]));

        bool IsAnswered(byte[] address)
        {
            var peer = new Peer(node, NodeId.Random(_random), new NodeAddress(address, 4000));
            return peer.Reply(peer.Request(_now, RpcMethod.Ping)) is not null;
        }
    }

    [Fact]
    public void Receive_NewcomersProof_StartsALimitedHandover()
    {
        var node = Node(new KademliaOptions { MaxHandoverRecords = 5, HandoverRate = 12, MaxVerifications = 200 });
        for (var i = 0; i < 100; i++)
            StoreRecord(node, i);

        int[] stores = [.. Enumerable.Range(0, 4).Select(_ => HandoverTo(Peer(node)))];

        Assert.Equal(5, stores[0]);
        Assert.True(stores.Sum() is > 5 and <= 12, string.Join(' ', stores));

        int HandoverTo(Peer peer) => peer.Sent(peer.Introduce(_now), RpcMethod.Store).Count();
    }

    [Fact]
    public void Receive_RequestsAboveTheRate_AreDroppedForThatHostAlone()
    {
        var node = Node(new KademliaOptions { RequestRate = 10, RequestBurst = 20 });
        var (loud, quiet) = (Peer(node), Peer(node));

        var answered = Enumerable.Range(0, 50).Count(_ => loud.Reply(loud.Request(_now, RpcMethod.Ping)) is not null);

        Assert.Equal(20, answered);
        Assert.Equal(30, node.Statistics.RateLimited);
        Assert.NotNull(quiet.Reply(quiet.Request(_now, RpcMethod.Ping)));
        Assert.NotNull(loud.Reply(loud.Request(_now.AddSeconds(1), RpcMethod.Ping)));
    }

    [Fact]
    public void Receive_RepeatedStore_ReplaysTheReplyAndDoesNotBringTheOldValueBack()
    {
        var node = Node(new KademliaOptions { AcceptPlain = true });
        var peer = Peer(node);
        var key = NodeId.Random(_random);
        var first = MessageId.Random(_random);
        var old = peer.Reply(peer.Request(_now, RpcMethod.Store, key, PlainValue.FromText("old").Encoded.Span, first));
        peer.Request(_now, RpcMethod.Store, key, PlainValue.FromText("new").Encoded.Span);

        var again = peer.Reply(
            peer.Request(_now, RpcMethod.Store, key, PlainValue.FromText("old").Encoded.Span, first));

        Assert.Equal(old, again);
        var found = peer.Reply(peer.Request(_now, RpcMethod.FindValue, key))!;
        Assert.True(RpcResponse.TryRead(found.AsMemory(RpcHeader.Size), out var response)
            && response.TryReadValue(out var value)
            && PlainValue.TryRead(value, out var plain) && plain.ToString() == "new");
    }

    [Fact]
    public void Receive_StoreRepeatedAfterTheReplyWasForgotten_IsCarriedOutAgain()
    {
        var node = Node(new KademliaOptions { AcceptPlain = true, MaxRememberedReplies = 2 });
        var peer = Peer(node);
        MessageId[] ids = [.. Enumerable.Range(0, 3).Select(_ => MessageId.Random(_random))];
        NodeId[] keys = [.. Enumerable.Range(0, 3).Select(_ => NodeId.Random(_random))];
        foreach (var i in new[] { 0, 1, 2 })
            peer.Request(_now, RpcMethod.Store, keys[i], [0xC3], ids[i]);

        bool StoresAgain(int i, DateTimeOffset now)
        {
            var other = NodeId.Random(_random);
            peer.Request(now, RpcMethod.Store, other, [0xC3], ids[i]);
            return node.Holds(now, other);
        }

        Assert.False(StoresAgain(2, _now.AddSeconds(9)));
        Assert.True(StoresAgain(0, _now.AddSeconds(9)));
        Assert.True(StoresAgain(2, _now.AddSeconds(10)));
    }

    [Fact]
    public void Restore_WhatAnotherInstanceHeld_IsKeptAndHandedOutAgain()
    {
        var before = Node();
        var record = DigestSigner.Record(DigestSigner.Publisher(1), _now.AddHours(3));
        var publisher = Peer(before);
        publisher.Prove(_now);
        publisher.Request(_now, RpcMethod.Store, record.Key, ValueStore.Encode(record));
        var after = Node();

        Noting(after.Restore(_now.AddMinutes(1), before.HeldRecords));

        Assert.True(after.Holds(_now.AddMinutes(1), record.Key));
        Assert.Equal(before.HeldRecords.Single().Source, after.HeldRecords.Single().Source);
        Assert.NotEqual(default, _wakeAt); // it will store the record at others when an hour has passed
    }

    [Fact]
    public void Restore_ForgedExpiredOrBeyondAQuota_IsLeftOut()
    {
        var node = Node(new KademliaOptions { MaxRecordsPerPublisher = 2 });
        var publisher = DigestSigner.Publisher(1);
        VerifiedRecord[] good = [.. Enumerable.Range(0, 3).Select(
            i => DigestSigner.Record(publisher, _now.AddHours(3), topic: [(byte)i]))];
        var expired = DigestSigner.Record(publisher, _now, topic: [9]);
        var forged = DigestSigner.Record(publisher, _now.AddHours(3), topic: [8]).Bytes.ToArray();
        forged[^1] ^= 1;
        Assert.True(SignedRecord.TryRead(forged, out var unsigned));

        node.Restore(_now, [new(expired.Record, Fresh()), new(unsigned, Fresh()), .. good.Select(
            r => new HeldRecord(r.Record, Fresh()))]);

        var nearest = good.OrderBy(record => record.Key.DistanceTo(_self)).Take(2).Select(record => record.Key);
        Assert.Equal(nearest.ToHashSet(), node.HeldRecords.Select(held => held.Record.Key).ToHashSet());
    }

    [Fact]
    public void Restore_WhileTheClockIsAheadAndDoubted_KeepsWhatMayLast()
    {
        var node = Node();
        var held = DigestSigner.Record(DigestSigner.Publisher(1), _now.AddHours(3));
        node.Over = DateTimeOffset.MinValue;

        node.Restore(_now.AddDays(20), [new(held.Record, Fresh())]);
        node.Over = null;
        Noting(node.FindClosest(_now, Operation, held.Key));

        Assert.True(node.Holds(_now, held.Key));
    }

    [Fact]
    public void Restore_OfAClient_KeepsNothing()
    {
        var node = Node(new KademliaOptions { ClientMode = true });

        node.Restore(_now, [new(DigestSigner.Record(DigestSigner.Publisher(1), _now.AddHours(3)).Record, Fresh())]);

        Assert.Empty(node.HeldRecords);
    }

    [Fact]
    public void Receive_PlainValue_IsForgottenAfterItsLife()
    {
        var node = Node(new KademliaOptions { AcceptPlain = true });
        var key = NodeId.Random(_random);
        var (first, second) = (Peer(node), Peer(node));
        first.Prove(_now);
        first.Request(_now, RpcMethod.Store, key, [0xC3]);
        second.Prove(_now.AddDays(3));
        second.Request(_now.AddDays(3), RpcMethod.Store, key, [0xC2]);

        Assert.True(node.Holds(_now.AddDays(10).AddTicks(-1), key));
        Assert.False(node.Holds(_now.AddDays(10), key));
    }

    [Fact]
    public void Expire_ContactUnheardForLong_IsPingedInTheNextRounds()
    {
        var node = Node();
        var peer = Peer(node);
        Noting(peer.Introduce(_now));
        var start = _now;
        var pinged = default(TimeSpan?);

        while (pinged is null && _now - start < TimeSpan.FromMinutes(30))
        {
            var effects = Wake(node);
            foreach (var find in peer.Sent(effects, RpcMethod.FindNode))
                Noting(node.Receive(_now, peer.Address, peer.Writer.Nodes(Dht.Tests.Peer.IdOf(find), [], 1232)));
            pinged = peer.Sent(effects, RpcMethod.Ping).Any() ? _now - start : null;
        }

        Assert.InRange(pinged!.Value.TotalSeconds, 30, 60);
    }

    [Fact]
    public void GetRecord_OneAnswerAndSilentOthers_EndsAfterTheGrace()
    {
        var options = new KademliaOptions { QuorumGrace = TimeSpan.FromMilliseconds(100) };
        var node = Node(options);
        Peer[] peers = [.. Enumerable.Range(0, 6).Select(_ => Peer(node))];
        foreach (var peer in peers)
            Noting(peer.Introduce(_now));
        var record = DigestSigner.Record(DigestSigner.Publisher(1), _now.AddDays(1));
        var start = _now;

        var effects = Noting(node.GetRecord(_now, Operation, record.Key));
        var first = effects.OfType<Send>().First();
        effects = Noting(
            node.Receive(_now, first.To, peers[0].Writer.Value(Dht.Tests.Peer.IdOf(first), ValueStore.Encode(record))));
        while (!effects.OfType<OperationFinished>().Any())
            effects = Wake(node);

        Assert.Equal(1, Assert.IsType<RecordFound>(effects.OfType<OperationFinished>().Single().Outcome).Answers);
        Assert.Equal(options.QuorumGrace, _now - start);
    }

    [Fact]
    public void GetRecord_WhatOthersKeepIsOver_ShowsThatTheClockIsAhead()
    {
        var node = Node();
        var peer = Peer(node);
        Noting(peer.Introduce(_now));
        RecordAges After(int publisher, TimeSpan life)
        {
            var record = DigestSigner.Record(DigestSigner.Publisher((byte)publisher), _now + life);
            var effects = Noting(node.GetRecord(_now, Operation, record.Key));
            var find = peer.Sent(effects, RpcMethod.FindValue).Single();
            effects = Noting(node.Receive(
                _now, peer.Address, peer.Writer.Value(Dht.Tests.Peer.IdOf(find), ValueStore.Encode(record))));
            while (!effects.OfType<OperationFinished>().Any())
                effects = Wake(node);
            return node.Statistics.Ages;
        }

        Assert.Equal(new RecordAges(0, 1, TimeSpan.FromHours(18)), After(1, TimeSpan.FromHours(-18)));
        Assert.Equal(new RecordAges(0, 2, TimeSpan.FromHours(17)), After(2, TimeSpan.FromHours(-17)));
        Assert.Equal(new RecordAges(0, 3, TimeSpan.FromHours(17)), After(3, TimeSpan.FromHours(-20)));
        Assert.True(node.Statistics.Ages.ClockIsAhead);
        Assert.True(After(4, TimeSpan.FromHours(1)).ClockIsAhead);
        After(5, TimeSpan.FromHours(1));
        Assert.False(After(6, TimeSpan.FromHours(1)).ClockIsAhead);
    }

    [Fact]
    public void FindClosest_LongerThanALookupMayTake_EndsWithWhatItHas()
    {
        var node = Node(new KademliaOptions { MaxLookupTime = TimeSpan.FromMilliseconds(100) });
        Peer[] peers = [.. Enumerable.Range(0, 3).Select(_ => Peer(node))];
        foreach (var peer in peers)
            Noting(peer.Introduce(_now));
        var start = _now;

        var effects = Noting(node.FindClosest(_now, Operation, NodeId.Random(_random)));
        var find = peers[0].Sent(effects, RpcMethod.FindNode).Single();
        effects = Noting(
            node.Receive(_now, peers[0].Address, peers[0].Writer.Nodes(Dht.Tests.Peer.IdOf(find), [], 1232)));
        while (!effects.OfType<OperationFinished>().Any())
            effects = Wake(node);

        Assert.Equal(
            [peers[0].Contact],
            Assert.IsType<ClosestFound>(effects.OfType<OperationFinished>().Single().Outcome).Contacts);
        Assert.Equal(TimeSpan.FromMilliseconds(100), _now - start);
    }

    [Fact]
    public void Expire_ManyRecordsDueAtOnce_AreStoredAgainAFewAtATime()
    {
        var node = Node(new KademliaOptions { MaxReplications = 2 });
        var peer = Peer(node);
        Noting(peer.Introduce(_now));
        for (var i = 0; i < 20; i++)
            Noting(peer.Request(_now, RpcMethod.Store, Record(i).Key, ValueStore.Encode(Record(i))));

        var finds = peer.Sent(node.Expire(_now.AddHours(2), 0), RpcMethod.FindNode).Count();

        Assert.InRange(finds, 1, 3); // two records, and perhaps the refresh of a bucket

        VerifiedRecord Record(int number) => DigestSigner.Record(DigestSigner.Publisher(number), Start.AddDays(1));
    }

    [Fact]
    [Trait("Row", "NW-09")]
    public void Receive_ClientMode_AnswersEverythingWithTheTrailerAndStoresNothing()
    {
        var node = Node(new KademliaOptions { ClientMode = true, AcceptPlain = true });
        var peer = Peer(node);
        var key = NodeId.Random(_random);

        byte[] replies(RpcMethod method) => peer.Reply(peer.Request(_now, method, key, [0xC3]))!;

        Assert.All(
            Enum.GetValues<RpcMethod>(),
            method => Assert.True(replies(method).AsSpan().EndsWith(RpcHeader.ClientTrailer), method.ToString()));
        Assert.Equal(0, node.Statistics.PlainValues);
        Assert.False(
            RpcResponse.TryRead(replies(RpcMethod.Store).AsMemory(RpcHeader.Size), out var stored) && stored.IsTrue());
    }

    [Fact]
    public void Receive_ClientTrailerFromAKnownContact_AsksItBeforeItForgetsIt()
    {
        var node = Node();
        var peer = Peer(node);
        peer.Introduce(_now);
        var client = new RpcWriter(peer.Id, true);

        var effects = node.Receive(_now, peer.Address, client.Request(MessageId.Random(_random), RpcMethod.Ping));
        var before = node.Contacts;
        node.Receive(_now, peer.Address, client.Pong(Dht.Tests.Peer.IdOf(peer.Sent(effects, RpcMethod.Ping).Single())));

        Assert.Equal([peer.Contact], before); // the source of a request is easily forged
        Assert.Empty(node.Contacts);
    }

    [Fact]
    public void Expire_ClockWasAYearAheadForAWhile_StillRefreshesBuckets()
    {
        var node = Node();
        var peer = Peer(node);
        Noting(peer.Introduce(_now));
        _now += TimeSpan.FromDays(365);
        Noting(node.FindClosest(_now, Operation, peer.Id));
        (_now, _wakeAt) = (_now - TimeSpan.FromDays(365), _wakeAt - TimeSpan.FromDays(365));

        var (quiet, end) = (_now.AddMinutes(10), _now.AddHours(2));
        var refreshes = 0;
        while (_now < end)
        {
            var sent = peer.Sent(Wake(node), RpcMethod.FindNode).Count(send => IsInBucketOf(peer.Id, send));
            refreshes += _now > quiet ? sent : 0;
        }

        Assert.True(refreshes > 0);
    }

    [Theory, InlineData(20), InlineData(-20)]
    public void Expire_ClockWasWrongAndDoubtedForAWhile_ForgetsNothingAndStoresItAgain(int days)
    {
        var held = DigestSigner.Record(DigestSigner.Publisher(1), Start.AddHours(9), 2);
        var older = DigestSigner.Record(DigestSigner.Publisher(1), Start.AddHours(10), 1);
        var own = DigestSigner.Record(DigestSigner.Publisher(2), Start.AddHours(9));
        var node = Node();
        var peer = Peer(node);
        Noting(peer.Introduce(_now));
        Noting(peer.Request(_now, RpcMethod.Store, held.Key, ValueStore.Encode(held)));
        Noting(node.PublishRecord(_now, Operation, own));
        var error = TimeSpan.FromDays(days);

        node.Over = days > 0 ? _now : _now + error;
        (_now, _wakeAt) = (_now + error, _wakeAt + error);
        Noting(peer.Request(_now, RpcMethod.Ping));
        for (var i = 0; i < 50; i++)
            Wake(node);
        (_now, _wakeAt, node.Over) = (_now - error, _wakeAt - error, null);
        Noting(peer.Request(_now, RpcMethod.Store, older.Key, ValueStore.Encode(older)));
        var isKept = node.HeldRecords.Any(kept => kept.Record.Sequence == 2);
        var stored = StoredUntil(node, peer, _now.AddHours(2));

        Assert.True(isKept);
        Assert.Contains(held.Key, stored);
        Assert.Contains(own.Key, stored);
    }

    [Fact]
    public void Publish_WhileTheClockIsAheadAndDoubted_IsStoredAllTheSame()
    {
        var own = DigestSigner.Record(DigestSigner.Publisher(2), Start.AddHours(9));
        var node = Node();
        var peer = Peer(node);
        Noting(peer.Introduce(_now));
        node.Over = _now;
        (_now, _wakeAt) = (_now.AddDays(20), _wakeAt.AddDays(20));

        var refused = Noting(node.PublishRecord(_now, Operation, own)).OfType<OperationFinished>()
            .Any(finished => finished.Outcome is OperationFailed);
        (_now, _wakeAt, node.Over) = (_now.AddDays(-20), _wakeAt.AddDays(-20), null);
        var stored = StoredUntil(node, peer, _now.AddHours(2));

        Assert.False(refused);
        Assert.Contains(own.Key, stored);
    }

    // What the node stores at a peer that answers everything.
    private List<NodeId> StoredUntil(KademliaNode node, Peer peer, DateTimeOffset end)
    {
        var stored = new List<NodeId>();
        while (_now < end)
        {
            for (var effects = new Queue<DhtEffect>(Wake(node)); effects.TryDequeue(out var effect);)
            {
                if (effect is not Send send || send.To != peer.Address
                    || Dht.Tests.Peer.MethodOf(send) is not { } method)
                    continue;
                var id = Dht.Tests.Peer.IdOf(send);
                if (method == RpcMethod.Store && RpcRequest.TryRead(send.Datagram[RpcHeader.Size..], out var request))
                    stored.Add(request.Key);
                var answer = method switch
                {
                    RpcMethod.Ping => peer.Writer.Pong(id),
                    RpcMethod.Store => peer.Writer.Stored(id, true),
                    _ => peer.Writer.Nodes(id, [], 1232),
                };
                foreach (var next in Noting(node.Receive(_now, peer.Address, answer)))
                    effects.Enqueue(next);
            }
        }

        return stored;
    }

    [Theory, InlineData(true), InlineData(false)]
    public void Expire_HolderThatKnowsKNearerNodes_StoresElsewhereOnlyWhatTheNearestDoesNotHold(bool isHeld)
    {
        var record = DigestSigner.Record(DigestSigner.Publisher(1), Start.AddHours(9));
        var node = new KademliaNode(
            record.Key.Diverge(0, _random), new KademliaOptions { K = 2 }, DigestSigner.Verify, new Random(1));
        Peer[] nearer = [.. new[] { 9, 5 }.Select(bits => new Peer(node, record.Key.Diverge(bits, _random), Fresh()))];
        foreach (var peer in nearer)
            Noting(peer.Introduce(_now));
        Noting(nearer[1].Request(_now, RpcMethod.Store, record.Key, ValueStore.Encode(record)));

        var (asked, stored) = (0, 0);
        while (_now < Start.AddHours(2))
        {
            for (var effects = new Queue<DhtEffect>(Wake(node)); effects.TryDequeue(out var effect);)
            {
                if (effect is not Send send || nearer.FirstOrDefault(peer => peer.Address == send.To) is not { } peer)
                    continue;
                var method = Dht.Tests.Peer.MethodOf(send);
                asked += method == RpcMethod.FindValue && peer == nearer[0] ? 1 : 0;
                stored += method == RpcMethod.Store ? 1 : 0;
                foreach (var next in Noting(node.Receive(_now, peer.Address, Answer(peer, send, method))))
                    effects.Enqueue(next);
            }
        }

        Assert.Equal((1, isHeld ? 0 : 2), (asked, stored));

        byte[] Answer(Peer peer, Send send, RpcMethod? method) => method switch
        {
            RpcMethod.Ping => peer.Writer.Pong(Dht.Tests.Peer.IdOf(send)),
            RpcMethod.Store => peer.Writer.Stored(Dht.Tests.Peer.IdOf(send), true),
            RpcMethod.FindValue when isHeld => peer.Writer.Value(Dht.Tests.Peer.IdOf(send), ValueStore.Encode(record)),
            _ => peer.Writer.Nodes(Dht.Tests.Peer.IdOf(send), [], 1232),
        };
    }

    [Fact]
    [Trait("Row", "NW-02")]
    public void Ping_NobodyAnswers_RepeatsTheSameDatagramWithDoubledTimeouts()
    {
        var node = Node();
        var target = Fresh();
        var sends = new List<(Send Send, TimeSpan At)>();
        var effects = Noting(node.Ping(_now, Operation, target));
        while (!effects.OfType<OperationFinished>().Any())
        {
            sends.AddRange(effects.OfType<Send>().Select(send => (send, _now - Start)));
            effects = Wake(node);
        }

        Assert.Equal([0, 1, 3], sends.Select(send => send.At.TotalSeconds));
        Assert.All(sends, send => Assert.True(send.Send.Datagram.Span.SequenceEqual(sends[0].Send.Datagram.Span)));
        Assert.Equal(
            new OperationFinished(Operation, new OperationFailed(DhtFailure.NoAnswer)),
            effects.OfType<OperationFinished>().Single());
    }

    [Fact]
    public void Ping_PeerWithAMeasuredRoundTrip_IsRepeatedAccordingly()
    {
        var node = Node();
        var peer = Peer(node);
        for (var i = 0; i < 30; i++)
        {
            var ping = peer.Sent(Noting(node.Ping(_now, new OperationId(i), peer.Address)), RpcMethod.Ping).Single();
            Noting(peer.Pong(_now += TimeSpan.FromMilliseconds(200), ping));
        }

        var start = _now;
        Noting(node.Ping(_now, new OperationId(99), peer.Address));
        while (!peer.Sent(Wake(node), RpcMethod.Ping).Any())
            continue;

        Assert.InRange((_now - start).TotalMilliseconds, 200, 260);
    }

    [Fact]
    public void Ping_AboveTheOperationsLimit_IsBusy()
    {
        var node = Node(new KademliaOptions { MaxOperations = 2 });

        node.Ping(_now, new OperationId(1), Fresh());
        Assert.DoesNotContain(node.Ping(_now, new OperationId(2), Fresh()), effect => effect is OperationFinished);
        var refused = node.Ping(_now, new OperationId(3), Fresh());

        Assert.Equal(new OperationFailed(DhtFailure.Busy), Assert.IsType<OperationFinished>(refused.Single()).Outcome);
    }

    [Fact]
    public void Ping_AboveThePendingLimit_FindsThePeerSilentAtOnce()
    {
        var node = Node(new KademliaOptions { MaxPendingRequests = 1 });

        node.Ping(_now, new OperationId(1), Fresh());
        var refused = node.Ping(_now, new OperationId(2), Fresh());

        Assert.Equal(new OperationFailed(DhtFailure.NoAnswer), refused.OfType<OperationFinished>().Single().Outcome);
        Assert.Equal(1, node.Statistics.Pending);
    }

    [Fact]
    public void FindClosest_LongerThanTheOperationsTime_EndsTimedOut()
    {
        var node = Node(new KademliaOptions { MaxOperationTime = TimeSpan.FromMilliseconds(500) });
        Peer(node).Introduce(_now);

        var effects = node.FindClosest(_now, Operation, NodeId.Random(_random));
        effects = node.Expire(_now.AddMilliseconds(500), effects.OfType<StartTimer>().Last().TimerId);

        Assert.Equal(new OperationFailed(DhtFailure.TimedOut), effects.OfType<OperationFinished>().Single().Outcome);
    }

    [Fact]
    public void Receive_ManyUnknownSenders_PingsNoMoreThanTheLimitAtOnce()
    {
        var node = Node(new KademliaOptions { MaxVerifications = 4 });

        var pings = Enumerable.Range(0, 50).Sum(_ =>
        {
            var peer = Peer(node);
            return peer.Sent(peer.Request(_now, RpcMethod.Ping), RpcMethod.Ping).Count();
        });

        Assert.Equal(4, pings);
    }

    [Fact]
    public void Receive_FloodOfSendersWhoNeverAnswer_ANewcomerIsMetAllTheSame()
    {
        var node = Node(new KademliaOptions { MaxVerifications = 4 });
        for (var i = 0; i < 50; i++)
            Peer(node).Request(_now, RpcMethod.Ping);
        var newcomer = Peer(node);

        var early = newcomer.Request(_now.AddMilliseconds(249), RpcMethod.Ping);
        var effects = newcomer.Request(_now.AddMilliseconds(250), RpcMethod.Ping);
        newcomer.Pong(_now.AddMilliseconds(300), newcomer.Sent(effects, RpcMethod.Ping).Single());

        Assert.Empty(newcomer.Sent(early, RpcMethod.Ping));
        Assert.Equal([newcomer.Contact], node.Contacts);
    }

    [Fact]
    public void Receive_AnswerOfOneThatGaveWay_IsNotBelieved()
    {
        var node = Node(new KademliaOptions { MaxVerifications = 1 });
        var (slow, next) = (Peer(node), Peer(node));
        var ping = slow.Sent(slow.Request(_now, RpcMethod.Ping), RpcMethod.Ping).Single();

        next.Request(_now.AddMilliseconds(250), RpcMethod.Ping);
        slow.Pong(_now.AddMilliseconds(300), ping);

        Assert.Empty(node.Contacts);
    }

    [Fact]
    public void GetRecord_EndlessReferrals_EndsInABoundedNumberOfMessages()
    {
        var node = Node();
        var tarpit = Peer(node);
        tarpit.Introduce(_now);
        var (requests, outcome) = (0, default(DhtOutcome));
        var todo = new Queue<DhtEffect>(node.GetRecord(_now, Operation, NodeId.Random(_random)));

        while (todo.TryDequeue(out var effect) && requests < 5000)
        {
            outcome ??= (effect as OperationFinished)?.Outcome;
            if (effect is not Send send || Dht.Tests.Peer.MethodOf(send) is not (RpcMethod.FindValue or RpcMethod.Ping))
                continue;
            requests++;
            var referrals = Enumerable.Range(0, 20).Select(_ => new Contact(NodeId.Random(_random), Fresh())).ToArray();
            foreach (var next in node.Receive(
                _now, send.To, tarpit.Writer.Nodes(Dht.Tests.Peer.IdOf(send), referrals, 1232)))
                todo.Enqueue(next);
        }

        Assert.Equal(new OperationFailed(DhtFailure.NotFound), outcome);
        Assert.True(requests <= 2 * new KademliaOptions().MaxLookupRequests, $"{requests} requests");
    }

    [Fact]
    public void GetRecord_ForgedAndOlderAnswers_GivesTheNewestAndCorrectsTheOlder()
    {
        var node = Node();
        var publisher = DigestSigner.Publisher(1);
        var (old, recent) = (DigestSigner.Record(
            publisher, _now.AddDays(1), 1), DigestSigner.Record(publisher, _now.AddDays(1), 2));
        Peer[] peers = [.. new[] { 3, 4, 5, 9 }.Select(
            bits => new Peer(node, old.Key.Diverge(bits, _random), Fresh()))];
        foreach (var peer in peers)
            peer.Introduce(_now);
        var forged = DigestSigner.Record(publisher, _now.AddDays(1), 9).Bytes.ToArray();
        forged[^1] ^= 1;
        byte[][] values =
            [PlainValue.FromBytes(forged).Encoded.ToArray(), ValueStore.Encode(old), ValueStore.Encode(recent), []];

        var effects = new List<DhtEffect>(node.GetRecord(_now, Operation, old.Key));
        for (var i = 0; i < effects.Count; i++)
        {
            if (effects[i] is Send send && Dht.Tests.Peer.MethodOf(send) == RpcMethod.FindValue)
            {
                var index = Array.FindIndex(peers, peer => peer.Address == send.To);
                effects.AddRange(node.Receive(_now, send.To, values[index].Length == 0
                    ? peers[index].Writer.Nodes(Dht.Tests.Peer.IdOf(send), [], 1232)
                    : peers[index].Writer.Value(Dht.Tests.Peer.IdOf(send), values[index])));
            }
        }

        var found = Assert.IsType<RecordFound>(effects.OfType<OperationFinished>().Single().Outcome);
        Assert.Equal((2UL, 2), (found.Record.Sequence, found.Answers));
        var corrected = effects.OfType<Send>().Where(
            send => Dht.Tests.Peer.MethodOf(send) == RpcMethod.Store).Select(send => send.To);
        Assert.Equal([peers[3].Address, peers[1].Address], corrected);
    }

    [Fact]
    public void PublishRecord_RefusedByAll_TellsThatTooFewKeepIt()
    {
        var node = Node();
        Peer[] peers = [.. Enumerable.Range(0, 4).Select(_ => Peer(node))];
        foreach (var peer in peers)
            peer.Introduce(_now);

        var effects = new List<DhtEffect>(
            node.PublishRecord(_now, Operation, DigestSigner.Record(DigestSigner.Publisher(1), _now.AddDays(1))));
        for (var i = 0; i < effects.Count; i++)
        {
            if (effects[i] is Send send && peers.FirstOrDefault(peer => peer.Address == send.To) is { } peer)
            {
                var id = Dht.Tests.Peer.IdOf(send);
                effects.AddRange(node.Receive(_now, send.To, Dht.Tests.Peer.MethodOf(send) == RpcMethod.Store
                    ? peer.Writer.Stored(id, false)
                    : peer.Writer.Nodes(id, [], 1232)));
            }
        }

        Assert.Equal(
            new OperationFailed(DhtFailure.TooFewHolders), effects.OfType<OperationFinished>().Single().Outcome);
    }

    [Theory, InlineData(0), InlineData(401)]
    public void PublishRecord_LifeThatNoHolderAllows_IsRefusedAtOnce(int days)
    {
        var effects = Node().PublishRecord(
            _now, Operation, DigestSigner.Record(DigestSigner.Publisher(1), _now.AddDays(days)));

        Assert.Equal(new OperationFailed(DhtFailure.Expired), effects.OfType<OperationFinished>().Single().Outcome);
    }

    [Fact]
    public void PublishRecord_AboveTheLimit_IsBusyUntilOneIsWithdrawn()
    {
        var node = Node(new KademliaOptions { MaxPublishedRecords = 1 });
        var (one, two) = (DigestSigner.Record(
            DigestSigner.Publisher(1),
            _now.AddDays(1)), DigestSigner.Record(DigestSigner.Publisher(2), _now.AddDays(1)));
        node.PublishRecord(_now, new OperationId(1), one);

        Assert.Equal(DhtFailure.Busy, FailureOf(node.PublishRecord(_now, new OperationId(2), two)));
        node.Withdraw(one.Key);
        Assert.Equal(DhtFailure.NoContacts, FailureOf(node.PublishRecord(_now, new OperationId(3), two)));
    }

    [Theory, InlineData(1156, DhtFailure.NoContacts), InlineData(1157, DhtFailure.TooLarge)]
    public void SetValue_LongValue_MustFitADatagram(int size, DhtFailure expected) => Assert.Equal(
        expected, FailureOf(
            Node().SetValue(_now, Operation, NodeId.Random(_random), PlainValue.FromBytes(new byte[size]))));

    private static DhtFailure FailureOf(IReadOnlyList<DhtEffect> effects) =>
        Assert.IsType<OperationFailed>(effects.OfType<OperationFinished>().Single().Outcome).Failure;

    private bool IsInBucketOf(NodeId id, Send send) =>
        RpcRequest.TryRead(send.Datagram[RpcHeader.Size..], out var request)
        && _self.SharedPrefix(request.Key) == _self.SharedPrefix(id);

    private static int BytesTo(Peer peer, IReadOnlyList<DhtEffect> effects) =>
        effects.OfType<Send>().Where(send => send.To == peer.Address).Sum(send => send.Datagram.Length);

    /// <summary>Lets the node's timer fire.</summary>
    private IReadOnlyList<DhtEffect> Wake(KademliaNode node)
    {
        Assert.True(++_wakes < 10_000, "the node does nothing any more, or too much");
        _now = _wakeAt > _now ? _wakeAt : _now;
        return Noting(node.Expire(_now, _timerId));
    }

    /// <summary>Notes the timer that was started, if one was.</summary>
    private IReadOnlyList<DhtEffect> Noting(IReadOnlyList<DhtEffect> effects)
    {
        if (effects.OfType<StartTimer>().LastOrDefault() is { } timer)
            (_wakeAt, _timerId) = (_now + timer.Delay, timer.TimerId);
        return effects;
    }

    private void StoreRecord(KademliaNode node, int number)
    {
        var record = DigestSigner.Record(DigestSigner.Publisher(number), _now.AddDays(1));
        var publisher = new Peer(node, NodeId.Random(_random), TestNetwork.AddressOf(5000 + number));
        publisher.Prove(_now);
        publisher.Request(_now, RpcMethod.Store, record.Key, ValueStore.Encode(record));
        Assert.True(node.Holds(_now, record.Key));
    }

    /// <summary>A node that knows more than it can tell at once.</summary>
    private KademliaNode Crowded(KademliaOptions? options = null)
    {
        var node = Node(options);
        for (var i = 0; i < 60; i++)
        {
            var peer = Peer(node);
            foreach (var ping in peer.Sent(Noting(peer.Request(_now, RpcMethod.Ping)), RpcMethod.Ping))
                Noting(peer.Pong(_now, ping));
        }
        return node;
    }

    private KademliaNode Node(KademliaOptions? options = null) =>
        new(_self, options ?? new KademliaOptions(), DigestSigner.Verify, new Random(1));

    private Peer Peer(KademliaNode node) => new(node, NodeId.Random(_random), Fresh());

    private NodeAddress Fresh() => TestNetwork.AddressOf(++_hosts);
}
