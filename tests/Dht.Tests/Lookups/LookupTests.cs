namespace NuCypher.P2P.Dht.Tests.Lookups;

public sealed class LookupTests
{
    private static readonly KademliaOptions Options = new();

    private const int Alpha = 3;

    private readonly Doubts _doubts = new(Options, new Timeline());
    private readonly Random _random = new(3);
    private readonly NodeId _self = NodeId.Random(new Random(1));
    private readonly NodeId _target = NodeId.Random(new Random(2));
    private int _hosts;
    private double? _nodes;

    [Fact]
    public void Next_ManyContacts_AsksAlphaOfTheNearest()
    {
        var lookup = LookupOf(Options);
        Contact[] contacts = [.. Enumerable.Range(0, 30).Select(_ => At(_random.Next(1, 40)))];
        foreach (var contact in contacts)
            lookup.Add(contact);

        Contact?[] asked = [lookup.Next(Alpha), lookup.Next(Alpha), lookup.Next(Alpha), lookup.Next(Alpha)];

        Assert.Equal([.. contacts.Order(new ByDistance(_target)).Take(3).Cast<Contact?>(), null], asked);
    }

    [Fact]
    public void Next_SlowContact_MakesRoomForAnother()
    {
        var lookup = LookupOf(Options);
        for (var i = 0; i < 5; i++)
            lookup.Add(At(i));
        var first = lookup.Next(Alpha)!.Value;
        lookup.Next(Alpha);
        lookup.Next(Alpha);

        lookup.Mark(first, CandidateState.Slow);

        Assert.NotNull(lookup.Next(Alpha));
        Assert.Null(lookup.Next(Alpha));
    }

    [Fact]
    public void MarkSilent_AfterAnotherAnsweredLate_AsksOnceMore()
    {
        var lookup = LookupOf(Options);
        var (silent, late) = (At(30), At(20));
        lookup.Add(silent);
        lookup.Add(late);
        Assert.Equal([silent, late, null], [lookup.Next(Alpha), lookup.Next(Alpha), lookup.Next(Alpha)]);
        lookup.Mark(late, CandidateState.Late);
        lookup.Mark(late, CandidateState.Answered);

        lookup.MarkSilent(silent);
        Assert.Equal(silent, lookup.Next(Alpha));
        lookup.MarkSilent(silent);

        Assert.Null(lookup.Next(Alpha));
        Assert.True(lookup.IsOver);
        Assert.Equal([late], lookup.Closest);
    }

    [Fact]
    public void MarkSilent_OthersAnsweredAtOnce_IsDropped()
    {
        var lookup = LookupOf(Options);
        var (silent, prompt) = (At(30), At(20));
        lookup.Add(silent);
        lookup.Add(prompt);
        lookup.Next(Alpha);
        lookup.Next(Alpha);
        lookup.Mark(prompt, CandidateState.Answered);

        lookup.MarkSilent(silent);

        Assert.Null(lookup.Next(Alpha));
        Assert.True(lookup.IsOver);
    }

    [Fact]
    public void IsOver_NearestAnsweredAndFartherUnasked_IsTrueWhenTheKNearestAnswered()
    {
        var lookup = LookupOf(Options with { K = 2 });
        var (near, middle, far) = (At(30), At(20), At(10));
        foreach (var contact in new[] { far, middle, near })
            lookup.Add(contact);
        lookup.Next(Alpha);
        lookup.Next(Alpha);

        lookup.Mark(near, CandidateState.Answered);
        Assert.False(lookup.IsOver);
        lookup.Mark(middle, CandidateState.Dropped);
        Assert.False(lookup.IsOver);
        Assert.Equal(far, lookup.Next(Alpha));
        lookup.Mark(far, CandidateState.Answered);

        Assert.True(lookup.IsOver);
        Assert.Equal([near, far], lookup.Closest);
    }

    [Fact]
    public void Add_SelfKnownIdKnownAddressAndUnusable_IsIgnored()
    {
        var lookup = LookupOf(Options with { UseIPv6 = false });
        var known = At(5);
        lookup.Add(known);

        lookup.Add(new Contact(_self, TestNetwork.AddressOf(900)));
        lookup.Add(known with { Address = TestNetwork.AddressOf(901) });
        lookup.Add(known with { Id = NodeId.Random(_random) });
        lookup.Add(
            new Contact(NodeId.Random(_random), new NodeAddress(System.Net.IPAddress.Parse("2001:db8::1"), 4000)));
        lookup.Add(new Contact(NodeId.Random(_random), new NodeAddress(System.Net.IPAddress.Parse("224.0.0.1"), 4000)));

        Assert.Equal(known, lookup.Next(Alpha));
        Assert.Null(lookup.Next(Alpha));
    }

    [Fact]
    public void Next_EverNearerReferrals_StopsAtTheLimit()
    {
        var lookup = LookupOf(Options);
        lookup.Add(At(0));
        var requests = 0;

        while (!lookup.IsOver)
        {
            var asked = lookup.Next(Alpha)!.Value;
            lookup.Mark(asked, CandidateState.Answered);
            requests++;
            for (var i = 0; i < 20; i++)
                lookup.Add(At(Math.Min(159, 1 + _target.SharedPrefix(asked.Id))));
        }

        Assert.Equal(Options.MaxLookupRequests, requests);
        Assert.Equal(20, lookup.Closest.Count);
    }

    [Fact]
    public void Add_MoreThanTheLimit_ForgetsTheFarthest()
    {
        var lookup = LookupOf(Options with { MaxLookupCandidates = 3, K = 5 });
        Contact[] contacts = [At(1), At(2), At(3), At(4), At(5)];

        foreach (var contact in contacts)
            lookup.Add(contact);

        Assert.Equal([contacts[4], contacts[3], contacts[2], null], Drain(lookup));
    }

    [Fact]
    public void Add_ManyOfOneSubnet_TakesItsShare()
    {
        var lookup = LookupOf(Options);

        for (byte host = 1; host < 200; host++)
            lookup.Add(new Contact(
                NodeId.Random(_random), new NodeAddress(new System.Net.IPAddress([192, 0, 2, host]), 4000)));

        Assert.Equal(Options.MaxPerSubnetInTable + 1, Drain(lookup).Length);
    }

    [Fact]
    public void Next_DoubtedContact_IsPassedOverUnlessNobodyElseAnswers()
    {
        var lookup = LookupOf(Options);
        var (silent, living) = (At(30), At(20));
        lookup.Add(silent);
        lookup.Add(living);
        _doubts.Add(silent.Address);

        Assert.Equal([living, null], [lookup.Next(Alpha), lookup.Next(Alpha)]);
        lookup.MarkSilent(living);
        _doubts.Add(living.Address);

        Assert.Equal([silent, null], [lookup.Next(Alpha), lookup.Next(Alpha)]);
        lookup.Mark(silent, CandidateState.Answered);
        Assert.True(lookup.IsOver);
    }

    [Fact]
    public void MarkSilent_OfWhoIsSaidToBeElsewhereToo_AsksThere()
    {
        var lookup = LookupOf(Options);
        var old = At(30);
        var moved = old with { Address = TestNetwork.AddressOf(902) };
        lookup.Add(old);
        Assert.Equal(old, lookup.Next(Alpha));
        lookup.Add(moved);

        lookup.MarkSilent(old);

        Assert.Equal(moved, lookup.Next(Alpha));
        lookup.MarkSilent(moved);
        Assert.True(lookup.IsOver);
    }

    [Fact]
    public void IsOver_ContactSilentTwice_IsNotWaitedForUnlessDatagramsGetLost()
    {
        var (prompt, lossy) = (LookupOf(Options), LookupOf(Options));
        var (silent, other) = (At(30), At(20));
        foreach (var lookup in new[] { prompt, lossy })
        {
            lookup.Add(silent);
            lookup.Add(other);
            lookup.Next(Alpha);
            lookup.Next(Alpha);
        }

        lossy.Mark(other, CandidateState.Late);
        foreach (var lookup in new[] { prompt, lossy })
        {
            lookup.Mark(other, CandidateState.Answered);
            lookup.Mark(silent, CandidateState.GivenUp);
        }

        Assert.Equal((true, false), (prompt.IsOver, lossy.IsOver));
    }

    [Fact]
    public void Next_CrowdNextToTheTarget_IsPassedOverButForAFew()
    {
        _nodes = 300;
        var lookup = LookupOf(Options);
        Contact[] crowd = [.. Enumerable.Range(0, 40).Select(_ => At(150))];
        Contact[] honest = [.. Enumerable.Range(0, 30).Select(i => At(i % 6))];
        foreach (var contact in crowd.Concat(honest))
            lookup.Add(contact);

        Drain(lookup);

        Assert.Equal(20, lookup.Closest.Count);
        Assert.Equal(4, lookup.Closest.Intersect(crowd).Count());
    }

    [Theory, InlineData(20, 2), InlineData(3, 10)]
    public void Closest_ManyOfOneSubnet_TakesAFewOfThemWhileThereAreOthers(int others, int expected)
    {
        var lookup = LookupOf(Options);
        for (byte host = 1; host < 100; host++)
            lookup.Add(new Contact(_target.Diverge(9, _random), new NodeAddress([192, 0, 2, host], 4000)));
        for (var i = 0; i < others; i++)
            lookup.Add(At(3));

        Drain(lookup);

        var subnet = new NodeAddress([192, 0, 2, 0], 0);
        Assert.Equal(expected, lookup.Closest.Count(contact => contact.Address.Subnet == subnet));
    }

    [Theory, InlineData(1, false), InlineData(2, true)]
    public void Holders_ContactsThatOneOrTwoAnswersNamed_AreThoseOfTwoAlone(int answers, bool areHolders)
    {
        var lookup = LookupOf(Options);
        var known = At(30);
        Contact[] named = [.. Enumerable.Range(0, 5).Select(_ => At(20))];
        lookup.Add(known);

        for (var answer = 1; answer <= answers; answer++)
        {
            foreach (var contact in named.Concat(named))
                lookup.Add(contact, voucher: answer);
        }

        Assert.Equal(areHolders ? 6 : 1, lookup.Holders(20).Count);
        Assert.Equal(known, lookup.Holders(20)[0]);
    }

    [Fact]
    public void IsOver_NearestTooFarForTheSizeOfTheNetwork_AsksThreeTimesAsMany()
    {
        _nodes = 10_000;
        var lookup = LookupOf(Options);
        for (var i = 0; i < 100; i++)
            lookup.Add(At(i % 3));

        var asked = Drain(lookup);

        Assert.Equal((3 * Options.K) + 1, asked.Length); // and null
    }

    private static Contact?[] Drain(Lookup lookup)
    {
        var asked = new List<Contact?>();
        do
        {
            asked.Add(lookup.Next(Alpha));
            if (asked[^1] is { } contact)
                lookup.Mark(contact, CandidateState.Answered);
        }
        while (asked[^1] is not null);
        return [.. asked];
    }

    private Lookup LookupOf(KademliaOptions options) =>
        new(_target, _self, options, options.K, _doubts, new Density(_nodes));

    private Contact At(int prefix) => new(_target.Diverge(prefix, _random), TestNetwork.AddressOf(++_hosts));
}
