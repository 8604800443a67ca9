using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy.Mediation;
using NuCypher.P2P.Policy.Records;
using NuCypher.P2P.Policy.Services;
using NuCypher.P2P.Policy.Tests.Support;
using NuCypher.P2P.Policy.Wire;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Policy.Tests.Mediation;

/// <summary>Mediators, their guests and callers, without a network: who is believed, and what a flood does.</summary>
public sealed class MediationTests
{
    private static readonly MediationOptions Options = new();
    private static readonly Identity Mediator = Cast.Person(10);
    private static readonly Identity Guest = Cast.Ursula;
    private static readonly Identity Caller = Cast.Bob;
    private static readonly NodeAddress MediatorAddress = At("198.51.100.1:4000");
    private static readonly NodeAddress GuestAddress = At("198.51.100.2:61000");
    private static readonly NodeAddress CallerAddress = At("198.51.100.3:62000");

    private readonly RandomSource _random = Cast.Random();
    private readonly Dictionary<NodeAddress, Digest> _asked = [];
    private TimeSpan _time = TimeSpan.FromHours(1);

    private Moment Now => new(Cast.Now + _time, _time);

    [Fact]
    public void Receive_GuestThenCaller_BothLearnWhereTheOtherIs()
    {
        var desk = Desk();
        var grant = Assert.Single(desk.Receive(Now, GuestAddress, Register(Guest).Span, _random));

        var sent = desk.Receive(Now, CallerAddress, Wish(Caller, Guest.Id).Span, _random);

        Assert.True(SignedMessage.TryRead<MediationGrant>(grant.Bytes.Span, out var granted, out _));
        Assert.Equal((GuestAddress, GuestAddress), (grant.To, granted.Claims.Seen));
        Assert.Equal([GuestAddress, CallerAddress], sent.Select(datagram => datagram.To));
        Assert.True(SignedMessage.TryRead<Introduction>(sent[0].Bytes.Span, out var introduction, out _));
        Assert.True(SignedMessage.TryRead<Introduced>(sent[1].Bytes.Span, out var introduced, out _));
        Assert.Equal(CallerAddress, introduction.Claims.Caller);
        Assert.Equal((GuestAddress, CallerAddress), (introduced.Claims.Ursula, introduced.Claims.Caller));
        Assert.True(introduced.Verify(Mediator.VerifyingKey, out _));
    }

    [Fact]
    public void Receive_WishForNobodysGuest_IsToldSoAndNobodyElseIsSentAnything()
    {
        var sent = Assert.Single(Desk().Receive(Now, CallerAddress, Wish(Caller, Guest.Id).Span, _random));

        Assert.True(SignedMessage.TryRead<Introduced>(sent.Bytes.Span, out var introduced, out _));
        Assert.Equal((CallerAddress, 0), (sent.To, introduced.Claims.Ursula.Port));
    }

    [Fact]
    public void Receive_GuestSilentForTooLong_IsForgotten()
    {
        var desk = Desk();
        desk.Receive(Now, GuestAddress, Register(Guest).Span, _random);

        _time += Options.GuestTime;
        var sent = desk.Receive(Now, CallerAddress, Wish(Caller, Guest.Id).Span, _random);
        desk.Expire(Now);

        Assert.Equal((1, 0), (sent.Count, desk.Guests));
    }

    [Fact]
    public void Receive_ForgedRepeatedLateOrForAnother_IsAnsweredByNothing()
    {
        var desk = Desk();
        var once = Register(Guest);
        var wish = Wish(Caller, Guest.Id);
        desk.Receive(Now, GuestAddress, once.Span, _random);
        desk.Receive(Now, CallerAddress, wish.Span, _random);
        var claims = new MediationRequest(Guest.VerifyingKey, Mediator.Id, Nonce.Random(_random), Now.Clock, default);
        var late = claims with { Nonce = Nonce.Random(_random), At = Now.Clock - Options.Window };
        ReadOnlyMemory<byte>[] bad =
        [
            once, wish, // again
            SignedMessage.Sign(claims, Cast.Mallory.Signer, _random).Bytes,
            SignedMessage.Sign(claims with { Mediator = Caller.Id }, Guest.Signer, _random).Bytes,
            SignedMessage.Sign(late, Guest.Signer, _random).Bytes,
            new byte[200], default,
        ];

        Assert.All(bad, bytes => Assert.Empty(desk.Receive(Now, CallerAddress, bytes.Span, _random)));
        Assert.Equal(1, desk.Guests);
    }

    [Fact]
    public void Receive_AnyRequest_NobodyIsSentMoreThanTwiceItsBytes()
    {
        var desk = Desk();
        var (request, wish) = (Register(Guest), Wish(Caller, Guest.Id));

        var grant = desk.Receive(Now, GuestAddress, request.Span, _random).Sum(datagram => datagram.Bytes.Length);
        var introductions = desk.Receive(Now, CallerAddress, wish.Span, _random).Sum(d => d.Bytes.Length);

        Assert.InRange(grant, 1, 2 * request.Length);
        Assert.InRange(introductions, 1, 2 * wish.Length);
    }

    [Fact]
    public void Receive_FloodOfOneSource_EndsAtItsShareAndOthersAreServed()
    {
        var desk = Desk();

        var answered = Enumerable.Range(0, 200).Sum(
            _ => desk.Receive(Now, CallerAddress, Wish(Caller, Guest.Id).Span, _random).Count);

        Assert.Equal(4 * Options.MessagesPerSecond, answered);
        Assert.Single(desk.Receive(Now, GuestAddress, Register(Guest).Span, _random));
        _time += TimeSpan.FromSeconds(1);
        Assert.Single(desk.Receive(Now, CallerAddress, Wish(Caller, Caller.Id).Span, _random));
    }

    [Fact]
    public void Receive_FloodOfManySources_EndsAtTheTotal()
    {
        var desk = Desk();

        var answered = Enumerable.Range(0, 400).Sum(
            i => desk.Receive(Now, At($"203.0.{i / 250}.{1 + (i % 250)}:9"), Wish(Caller, Guest.Id).Span,
                _random).Count);

        Assert.Equal(4 * Options.TotalMessagesPerSecond, answered);
    }

    [Fact]
    public void Receive_MoreGuestsThanAHostMayHave_TheRestIsNotHosted()
    {
        var desk = Desk(Options with { MaxGuestsPerHost = 3 });

        for (var i = 0; i < 5; i++)
            desk.Receive(Now, new NodeAddress(GuestAddress.Address, (ushort)(5000 + i)),
                Register(Cast.Person(20 + i)).Span, _random);

        Assert.Equal(3, desk.Guests);
        Assert.Single(desk.Receive(Now, GuestAddress, Register(Cast.Person(20)).Span, _random)); // one of them, again
        Assert.Single(desk.Receive(Now, CallerAddress, Register(Cast.Person(30)).Span, _random)); // of another host
    }

    [Fact]
    public void Receive_MoreGuestsThanThereIsRoomFor_TheRestIsNotHostedUntilSomebodyLeft()
    {
        var desk = Desk(Options with { MaxGuests = 2 });
        for (var i = 0; i < 4; i++)
            desk.Receive(Now, At($"203.0.113.{i + 1}:9"), Register(Cast.Person(20 + i)).Span, _random);
        Assert.Equal(2, desk.Guests);

        _time += Options.GuestTime;

        Assert.Single(desk.Receive(Now, GuestAddress, Register(Guest).Span, _random));
        Assert.Equal(1, desk.Guests);
    }

    [Fact]
    public void RecordsOf_GuestWithItsOwnRecordAndOneWithAnothers_NamesTheFirstAlone()
    {
        var desk = Desk();
        var record = new NodeRecord(Guest.VerifyingKey, Guest.EncryptingKey, NodeCapabilities.Ursula, GuestAddress, "",
            0, default)
            .ToRecord(Guest.Signer, 1, Now.Clock.AddDays(1), _random).Bytes;

        desk.Receive(Now, GuestAddress, Register(Guest, record).Span, _random);
        desk.Receive(Now, CallerAddress, Register(Caller, record).Span, _random);

        Assert.Equal(2, desk.Guests);
        Assert.Equal(record.ToArray(), Assert.Single(desk.RecordsOf(Now)).ToArray());
    }

    [Fact]
    public void Verdict_AllSeeOneAddressThenOneSeesAnother_IsOneThenMany()
    {
        var guest = GuestOf(Mediator, Cast.Person(11));
        Answer(guest, Mediator, MediatorAddress, GuestAddress);
        Answer(guest, Cast.Person(11), At("198.51.100.11:4000"), GuestAddress);
        Assert.Equal((NatVerdict.OneAddress, GuestAddress), (guest.Verdict, guest.Seen));

        _time += Options.RenewInterval;
        Answer(guest, Cast.Person(11), At("198.51.100.11:4000"), At("198.51.100.2:61001"));

        Assert.Equal(NatVerdict.ManyAddresses, guest.Verdict);
    }

    [Fact]
    public void Ask_MediatorThatFallsSilent_IsReplaced()
    {
        var guest = GuestOf(Mediator);
        Answer(guest, Mediator, MediatorAddress, GuestAddress);
        _time += Options.RenewInterval;

        for (var i = 0; i < 5; i++)
        {
            guest.Ask(Now, default, _random);
            _time += Options.AnswerTime;
        }

        Assert.Equal((NatVerdict.Unknown, Options.Mediators), (guest.Verdict, guest.Wanted));
    }

    [Fact]
    public void TakeGrant_ForgedFromElsewhereOrNotAskedFor_CountsNothing()
    {
        var guest = GuestOf(Mediator);
        var request = Hash(Assert.Single(guest.Ask(Now, default, _random)));
        var grant = new MediationGrant(request, Mediator.VerifyingKey, GuestAddress);
        var genuine = SignedMessage.Sign(grant, Mediator.Signer, _random).Bytes;

        Assert.False(guest.TakeGrant(Now, CallerAddress, genuine.Span));
        Assert.False(guest.TakeGrant(Now, MediatorAddress, SignedMessage.Sign(grant, Cast.Mallory.Signer,
            _random).Bytes.Span));
        Assert.False(guest.TakeGrant(
            Now, MediatorAddress, SignedMessage.Sign(grant with { Request = default }, Mediator.Signer,
                _random).Bytes.Span));
        Assert.True(guest.TakeGrant(Now, MediatorAddress, genuine.Span));
        Assert.False(guest.TakeGrant(Now, MediatorAddress, genuine.Span));
    }

    [Fact]
    public void TakeIntroduction_Genuine_LetsTheCallerInOnce()
    {
        var guest = GuestOf(Mediator);
        Answer(guest, Mediator, MediatorAddress, GuestAddress);
        var bytes = Introduce(Introduction(), Mediator);

        Assert.True(guest.TakeIntroduction(Now, MediatorAddress, bytes.Span, out var caller));
        Assert.Equal(CallerAddress, caller);
        Assert.False(guest.TakeIntroduction(Now, MediatorAddress, bytes.Span, out _));
    }

    [Fact]
    public void TakeIntroduction_Forged_LetsNobodyIn()
    {
        var guest = GuestOf(Mediator);
        Assert.False(Takes(Introduction(), Mediator, MediatorAddress), "of one who has not answered yet");
        Answer(guest, Mediator, MediatorAddress, GuestAddress);

        Assert.False(Takes(Introduction(), Cast.Mallory, MediatorAddress), "signed by another");
        Assert.False(Takes(Introduction(), Mediator, CallerAddress), "from another address");
        Assert.False(
            Takes(Introduction() with { Mediator = Cast.Mallory.VerifyingKey }, Cast.Mallory, MediatorAddress),
                "by a stranger");
        Assert.False(Takes(Introduction() with { Ursula = Caller.Id }, Mediator, MediatorAddress), "to another");
        Assert.False(Takes(Introduction() with { At = Now.Clock - Options.Window }, Mediator, MediatorAddress), "late");
        Assert.False(Takes(Introduction() with { Caller = At("224.0.0.1:5") }, Mediator, MediatorAddress),
            "to a group");
        Assert.True(Takes(Introduction(), Mediator, MediatorAddress));

        bool Takes(Introduction claims, Identity signer, NodeAddress from) =>
            guest.TakeIntroduction(Now, from, Introduce(claims, signer).Span, out _);
    }

    [Fact]
    public void TakeIntroduction_FloodOfAMediator_EndsAtItsShare()
    {
        var guest = GuestOf(Mediator);
        Answer(guest, Mediator, MediatorAddress, GuestAddress);

        var taken = Enumerable.Range(0, 200).Count(
            _ => guest.TakeIntroduction(Now, MediatorAddress, Introduce(Introduction(), Mediator).Span,
                out var caller));

        Assert.Equal(4 * Options.MessagesPerSecond, taken);
    }

    [Fact]
    public void Next_NobodyAnswers_AsksEachTwice()
    {
        var run = new IntroductionRun(Route(), Caller.Signer);

        var asked = Enumerable.Range(0, 6).Select(_ => run.Next(Now, _random)).OfType<ControlDatagram>().ToList();

        Assert.Equal([MediatorAddress, At("198.51.100.11:4000"), MediatorAddress, At("198.51.100.11:4000")],
            asked.Select(d => d.To));
    }

    [Fact]
    public void Take_AnswerOfAnother_CountsNothing()
    {
        var run = new IntroductionRun(Route(), Caller.Signer);
        var hash = Hash<IntroductionRequest>(run.Next(Now, _random)!); // the first
        var answer = new Introduced(hash, Mediator.VerifyingKey, GuestAddress, CallerAddress);
        var forged = answer with { Mediator = Cast.Mallory.VerifyingKey };

        Assert.Null(run.Take(MediatorAddress, SignedMessage.Sign(answer, Cast.Mallory.Signer, _random).Bytes.Span));
        Assert.Null(run.Take(MediatorAddress, SignedMessage.Sign(forged, Cast.Mallory.Signer, _random).Bytes.Span));
        var genuine = SignedMessage.Sign(answer, Mediator.Signer, _random).Bytes;
        Assert.Null(run.Take(GuestAddress, genuine.Span));
        Assert.Equal(GuestAddress, run.Take(MediatorAddress, genuine.Span)?.Ursula);
        Assert.Null(run.Take(MediatorAddress, genuine.Span));
    }

    [Fact]
    public void Admits_GenuineToken_OnceAndOnlyFromWhereTheMediatorSawTheCaller()
    {
        var desk = new ConnectionDesk(Options, Guest.Id, new Moment(Cast.Now, default), 5);
        var run = new IntroductionRun(Route(), Caller.Signer);
        var token = run.TokenFor(CallerAddress, Now, _random);

        Assert.False(desk.Admits(Now, GuestAddress, token.Span));
        Assert.True(desk.Admits(Now, new NodeAddress(CallerAddress.Address, 5), token.Span));
        Assert.False(desk.Admits(Now, CallerAddress, token.Span));
    }

    [Fact]
    public void Admits_TokenForgedLateOrForAnother_LetsNobodyIn()
    {
        var desk = new ConnectionDesk(Options, Guest.Id, new Moment(Cast.Now, default), 5);
        var claims = new ConnectionToken(Caller.VerifyingKey, Guest.Id, CallerAddress, Nonce.Random(_random),
            Now.Clock);

        Assert.False(Admits(claims, Cast.Mallory));
        Assert.False(Admits(claims with { Ursula = Mediator.Id }, Caller));
        Assert.False(Admits(claims with { At = Now.Clock - Options.Window }, Caller));
        Assert.False(Admits(claims with { At = Now.Clock + Options.Window + TimeSpan.FromSeconds(1) }, Caller));
        Assert.True(Admits(claims, Caller));

        bool Admits(ConnectionToken token, Identity signer) =>
            desk.Admits(Now, CallerAddress, SignedMessage.Sign(token, signer.Signer, _random).Bytes.Span);
    }

    [Theory, InlineData(1), InlineData(2)]
    public void Receive_MutatedDatagrams_NeverThrowsAndNobodyComesIn(int seed)
    {
        var (random, desk, guest) = (new Random(seed), Desk(), GuestOf(Mediator));
        Answer(guest, Mediator, MediatorAddress, GuestAddress);
        var door = new ConnectionDesk(Options, Guest.Id, new Moment(Cast.Now, default), 5);
        byte[][] samples =
        [
            .. new[] { Register(Guest), Wish(Caller, Guest.Id), Introduce(Introduction(), Mediator),
                new IntroductionRun(Route(), Caller.Signer).TokenFor(CallerAddress, Now, _random) }
                .Select(sample => sample.ToArray()),
        ];

        for (var i = 0; i < 10_000; i++)
        {
            var bytes = Mutated(samples[random.Next(samples.Length)], random);
            _time += TimeSpan.FromMilliseconds(100);
            Assert.Empty(desk.Receive(Now, CallerAddress, bytes, _random));
            Assert.False(guest.TakeIntroduction(Now, MediatorAddress, bytes, out _));
            Assert.False(guest.TakeGrant(Now, MediatorAddress, bytes));
            Assert.False(door.Admits(Now, CallerAddress, bytes));
        }
    }

    [Fact]
    public void SealedCall_ThereAndBack_OnlyForTheTwo()
    {
        using var call = SealedCall.Make(Route(), ServiceKind.Reencrypt, "body"u8, _random);

        Assert.True(SealedCall.TryOpen(call.Bytes.Span, Guest.DecryptingKey, Guest.Id, out var opened));
        var reply = SealedCall.Reply(opened, new ServiceReply(ServiceStatus.Refused, "no"u8.ToArray()), _random);
        Assert.Equal((ServiceKind.Reencrypt, "body"), (opened.Kind, System.Text.Encoding.ASCII.GetString(
            opened.Body.Span)));
        Assert.True(call.TryOpenReply(reply, out var got));
        Assert.Equal((ServiceStatus.Refused, "no"), (got.Status, System.Text.Encoding.ASCII.GetString(got.Body.Span)));
        Assert.False(SealedCall.TryOpen(call.Bytes.Span, Cast.Mallory.DecryptingKey, Guest.Id, out _));
        Assert.False(SealedCall.TryOpen(call.Bytes.Span, Guest.DecryptingKey, Caller.Id, out _));
        using var other = SealedCall.Make(Route(), ServiceKind.Reencrypt, "body"u8, _random);
        Assert.False(other.TryOpenReply(reply, out _));
        Hostile.RefusesFlippedBits(call.Bytes.ToArray(), bytes => SealedCall.TryOpen(bytes, Guest.DecryptingKey,
            Guest.Id, out _));
        Hostile.RefusesFlippedBits(reply, bytes => call.TryOpenReply(bytes, out _));
        Hostile.RefusesOtherLengths(reply, bytes => call.TryOpenReply(bytes, out _));
    }

    [Fact]
    public void NodeRecord_WithMediators_IsReadBackAndFitsARecord()
    {
        var node = new NodeRecord(Guest.VerifyingKey, Guest.EncryptingKey,
            NodeCapabilities.Ursula | NodeCapabilities.Mediated, At("[2001:db8::1]:5"), "", 0, default)
        {
            Mediators = [.. Enumerable.Range(1, 3).Select(i => new Policy.Services.Mediator(Cast.Person(i).Id,
                At($"[2001:db8::{i}]:7")))],
        };

        var record = node.ToRecord(Guest.Signer, 1, Now.Clock.AddDays(1), _random);

        Assert.True(record.Bytes.Length <= SignedRecord.MaxNodeRecordSize);
        Assert.True(record.TryVerify(RecordSignatures.Verify, out var verified));
        Assert.True(NodeRecord.TryRead(verified, out var read, out _));
        Assert.Equal(node, read);
        Assert.Equal((3, Guest.Id), (read.Service!.Address.Route!.Mediators.Count, read.Service.Address.Route.Ursula));
        Assert.Equal("2001:db8::1", read.Service.Address.Host); // whom a grant must not trust with all is seen by it
        Assert.Null((node with { Mediators = [] }).Service);
    }

    private static byte[] Mutated(byte[] sample, Random random)
    {
        byte[] bytes = random.Next(4) == 0 ? sample[..random.Next(sample.Length)] : [.. sample];
        for (var i = random.Next(1, 4); i > 0 && bytes.Length > 0; i--)
            bytes[random.Next(bytes.Length)] ^= (byte)random.Next(1, 256);
        return bytes.AsSpan().SequenceEqual(sample) ? [.. sample, 0] : bytes;
    }

    private static NodeAddress At(string text) => NodeAddress.TryParse(text, out var address)
        ? address
        : throw new ArgumentException(text);

    private static MediatedRoute Route() => new(
        Guest.Id, Guest.EncryptingKey,
        [new(Mediator.Id, MediatorAddress), new(Cast.Person(11).Id, At("198.51.100.11:4000"))]);

    private static MediatorDesk Desk(MediationOptions? options = null) =>
        new(options ?? Options, Mediator.Signer, RecordSignatures.Verify, new Moment(Cast.Now, default), 3);

    private static GuestDesk GuestOf(params Identity[] mediators)
    {
        var guest = new GuestDesk(Options, Guest.Signer, new Moment(Cast.Now, default), 4);
        guest.Add(mediators.Select((mediator, i) => new Policy.Services.Mediator(mediator.Id, i == 0 ? MediatorAddress
            : At($"198.51.100.{10 + i}:4000"))));
        return guest;
    }

    private static Digest Hash(ControlDatagram datagram) => Hash<MediationRequest>(datagram);

    private static Digest Hash<TBody>(ControlDatagram datagram)
        where TBody : class, IProtocolBody<TBody>
    {
        Assert.True(SignedMessage.TryRead<TBody>(datagram.Bytes.Span, out var message, out _));
        return message.Hash;
    }

    private void Answer(GuestDesk guest, Identity mediator, NodeAddress at, NodeAddress seen)
    {
        foreach (var datagram in guest.Ask(Now, default, _random))
            _asked[datagram.To] = Hash(datagram);
        var grant = new MediationGrant(_asked[at], mediator.VerifyingKey, seen);
        Assert.True(guest.TakeGrant(Now, at, SignedMessage.Sign(grant, mediator.Signer, _random).Bytes.Span));
    }

    private Introduction Introduction() => new(
        Guest.Id, Mediator.VerifyingKey, CallerAddress, Nonce.Random(_random), Now.Clock);

    private ReadOnlyMemory<byte> Introduce(Introduction claims, Identity signer) =>
        SignedMessage.Sign(claims, signer.Signer, _random).Bytes;

    private ReadOnlyMemory<byte> Register(Identity guest, ReadOnlyMemory<byte> record = default) => SignedMessage.Sign(
        new MediationRequest(guest.VerifyingKey, Mediator.Id, Nonce.Random(_random), Now.Clock, record), guest.Signer,
            _random)
        .Bytes;

    private ReadOnlyMemory<byte> Wish(Identity caller, NodeId ursula) => SignedMessage.Sign(
        new IntroductionRequest(caller.VerifyingKey, Mediator.Id, ursula, Nonce.Random(_random), Now.Clock),
            caller.Signer, _random)
        .Bytes;
}
