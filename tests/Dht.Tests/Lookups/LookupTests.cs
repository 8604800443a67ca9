namespace NuCypher.P2P.Dht.Tests.Lookups;

public sealed class LookupTests
{
    private static readonly KademliaOptions Options = new();

    private readonly Random _random = new(3);
    private readonly NodeId _self = NodeId.Random(new Random(1));
    private readonly NodeId _target = NodeId.Random(new Random(2));
    private int _hosts;

    [Fact]
    public void Next_ManyContacts_AsksAlphaOfTheNearest()
    {
        var lookup = new Lookup(_target, _self, Options);
        Contact[] contacts = [.. Enumerable.Range(0, 30).Select(_ => At(_random.Next(1, 40)))];
        foreach (var contact in contacts)
            lookup.Add(contact);

        Contact?[] asked = [lookup.Next(), lookup.Next(), lookup.Next(), lookup.Next()];

        Assert.Equal([.. contacts.Order(new ByDistance(_target)).Take(3).Cast<Contact?>(), null], asked);
    }

    [Fact]
    public void Next_LateContact_MakesRoomForAnother()
    {
        var lookup = new Lookup(_target, _self, Options);
        for (var i = 0; i < 5; i++)
            lookup.Add(At(i));
        var first = lookup.Next()!.Value;
        lookup.Next();
        lookup.Next();

        lookup.Mark(first, CandidateState.Late);

        Assert.NotNull(lookup.Next());
        Assert.Null(lookup.Next());
    }

    [Fact]
    public void MarkSilent_AfterAnotherAnsweredLate_AsksOnceMore()
    {
        var lookup = new Lookup(_target, _self, Options);
        var (silent, late) = (At(30), At(20));
        lookup.Add(silent);
        lookup.Add(late);
        Assert.Equal([silent, late, null], [lookup.Next(), lookup.Next(), lookup.Next()]);
        lookup.Mark(late, CandidateState.Late);
        lookup.Mark(late, CandidateState.Answered);

        lookup.MarkSilent(silent);
        Assert.Equal(silent, lookup.Next());
        lookup.MarkSilent(silent);

        Assert.Null(lookup.Next());
        Assert.True(lookup.IsOver);
        Assert.Equal([late], lookup.Closest);
    }

    [Fact]
    public void MarkSilent_OthersAnsweredAtOnce_IsDropped()
    {
        var lookup = new Lookup(_target, _self, Options);
        var (silent, prompt) = (At(30), At(20));
        lookup.Add(silent);
        lookup.Add(prompt);
        lookup.Next();
        lookup.Next();
        lookup.Mark(prompt, CandidateState.Answered);

        lookup.MarkSilent(silent);

        Assert.Null(lookup.Next());
        Assert.True(lookup.IsOver);
    }

    [Fact]
    public void IsOver_NearestAnsweredAndFartherUnasked_IsTrueWhenTheKNearestAnswered()
    {
        var lookup = new Lookup(_target, _self, Options with { K = 2 });
        var (near, middle, far) = (At(30), At(20), At(10));
        foreach (var contact in new[] { far, middle, near })
            lookup.Add(contact);
        lookup.Next();
        lookup.Next();

        lookup.Mark(near, CandidateState.Answered);
        Assert.False(lookup.IsOver);
        lookup.Mark(middle, CandidateState.Dropped);
        Assert.False(lookup.IsOver);
        Assert.Equal(far, lookup.Next());
        lookup.Mark(far, CandidateState.Answered);

        Assert.True(lookup.IsOver);
        Assert.Equal([near, far], lookup.Closest);
    }

    [Fact]
    public void Add_SelfKnownIdKnownAddressAndUnusable_IsIgnored()
    {
        var lookup = new Lookup(_target, _self, Options with { UseIPv6 = false });
        var known = At(5);
        lookup.Add(known);

        lookup.Add(new Contact(_self, TestNetwork.AddressOf(900)));
        lookup.Add(known with { Address = TestNetwork.AddressOf(901) });
        lookup.Add(known with { Id = NodeId.Random(_random) });
        lookup.Add(new Contact(NodeId.Random(_random), new NodeAddress(System.Net.IPAddress.Parse("2001:db8::1"), 4000)));
        lookup.Add(new Contact(NodeId.Random(_random), new NodeAddress(System.Net.IPAddress.Parse("224.0.0.1"), 4000)));

        Assert.Equal(known, lookup.Next());
        Assert.Null(lookup.Next());
    }

    [Fact]
    public void Next_EverNearerReferrals_StopsAtTheLimit()
    {
        var lookup = new Lookup(_target, _self, Options);
        lookup.Add(At(0));
        var requests = 0;

        while (!lookup.IsOver)
        {
            var asked = lookup.Next()!.Value;
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
        var lookup = new Lookup(_target, _self, Options with { MaxLookupCandidates = 3, K = 5 });
        Contact[] contacts = [At(1), At(2), At(3), At(4), At(5)];

        foreach (var contact in contacts)
            lookup.Add(contact);

        Assert.Equal([contacts[4], contacts[3], contacts[2], null], Drain(lookup));
    }

    [Fact]
    public void Add_ManyOfOneSubnet_TakesItsShare()
    {
        var lookup = new Lookup(_target, _self, Options);

        for (byte host = 1; host < 200; host++)
            lookup.Add(new Contact(NodeId.Random(_random), new NodeAddress(new System.Net.IPAddress([192, 0, 2, host]), 4000)));

        Assert.Equal(Options.MaxPerSubnetInTable + 1, Drain(lookup).Length);
    }

    private static Contact?[] Drain(Lookup lookup)
    {
        var asked = new List<Contact?>();
        do
        {
            asked.Add(lookup.Next());
            if (asked[^1] is { } contact)
                lookup.Mark(contact, CandidateState.Answered);
        }
        while (asked[^1] is not null);
        return [.. asked];
    }

    private Contact At(int prefix) => new(_target.Diverge(prefix, _random), TestNetwork.AddressOf(++_hosts));
}
