using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy.Wire;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Policy.Mediation;

/// <summary>
/// A mediator's core: remembers where its guests are seen, and introduces callers to them. Pure; remote bytes never
/// make it throw.
/// </summary>
/// <remarks>
/// Nobody is sent more than twice what he sent: a request of 151 bytes or more is answered with at most 156, and an
/// introduction sends as much to the guest. So forged sources make no weapon of it.
/// </remarks>
public sealed class MediatorDesk
{
    private readonly MediationOptions _options;
    private readonly NodeId _self;
    private readonly Signer _signer;
    private readonly SignatureVerifier _verifier;
    private readonly MessageGate _gate;
    private readonly Dictionary<NodeId, Guest> _guests = [];

    /// <summary>A mediator without guests.</summary>
    /// <param name="options">Limits.</param>
    /// <param name="signer">The node's; not disposed here.</param>
    /// <param name="verifier">Checks the records of guests.</param>
    /// <param name="start">Now.</param>
    /// <param name="key">Unpredictable: spreads sources over budgets.</param>
    public MediatorDesk(
        MediationOptions options, Signer signer, SignatureVerifier verifier, Moment start, int key)
    {
        (_options, _signer, _verifier) = (options, signer, verifier);
        _self = NodeId.FromVerifyingKey(signer.VerifyingKey.ToBytes());
        _gate = new MessageGate(options, start, key);
    }

    /// <summary>How many guests there are, perhaps with some who just left.</summary>
    public int Guests => _guests.Count;

    /// <summary>Takes a datagram, and says what is to be sent: to the sender, and for an introduction to the
    /// guest.</summary>
    public IReadOnlyList<ControlDatagram> Receive(
        Moment now, NodeAddress from, ReadOnlySpan<byte> bytes, RandomSource random)
    {
        if (SignedMessage.TryRead<MediationRequest>(bytes, out var request, out _))
            return Host(now, from, request, random);
        return SignedMessage.TryRead<IntroductionRequest>(bytes, out var wish, out _)
            ? Introduce(now, from, wish, random)
            : [];
    }

    /// <summary>Forgets who was silent for too long.</summary>
    public void Expire(Moment now)
    {
        foreach (var (id, _) in _guests.Where(guest => guest.Value.Until <= now.Monotonic).ToList())
            _guests.Remove(id);
    }

    /// <summary>Records of guests, those first who came last; at most <see
    /// cref="MediationOptions.MaxNamedGuests"/>.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> RecordsOf(Moment now) =>
    [
        .. _guests.Values.Where(guest => guest.Until > now.Monotonic && !guest.Record.IsEmpty)
            .OrderByDescending(guest => guest.Until).Take(_options.MaxNamedGuests).Select(guest => guest.Record),
    ];

    private IReadOnlyList<ControlDatagram> Host(
        Moment now, NodeAddress from, SignedMessage<MediationRequest> request, RandomSource random)
    {
        var claims = request.Claims;
        if (claims.Mediator != _self || !_gate.HasTimeFor(from, now) || !_gate.IsFresh(claims.Nonce, claims.At, now)
            || !request.Verify(claims.Node, out _))
            return [];
        _gate.Remember(claims.Nonce, claims.At, now);
        var id = NodeId.FromVerifyingKey(claims.Node.ToBytes());
        if (!HasRoomFor(id, from, now))
            return [];
        var known = _guests.GetValueOrDefault(id)?.Record ?? default;
        _guests[id] = new Guest(from, now.Monotonic + _options.GuestTime, RecordOf(id, claims.Record, known));
        var grant = new MediationGrant(request.Hash, _signer.VerifyingKey, from);
        return [new ControlDatagram(from, SignedMessage.Sign(grant, _signer, random).Bytes)];
    }

    private bool HasRoomFor(NodeId id, NodeAddress from, Moment now)
    {
        if (_guests.Count >= _options.MaxGuests)
            Expire(now);
        var others = _guests.Where(guest => guest.Key != id).ToList();
        return others.Count < _options.MaxGuests
            && others.Count(guest => guest.Value.IsAtHostOf(from)) < _options.MaxGuestsPerHost;
    }

    private ReadOnlyMemory<byte> RecordOf(NodeId id, ReadOnlyMemory<byte> bytes, ReadOnlyMemory<byte> known) =>
        bytes.Span.SequenceEqual(known.Span) ? known
        : SignedRecord.TryRead(bytes.Span, out var record) && record.Kind == RecordKind.NodeRecord && record.Key == id
            && record.TryVerify(_verifier, out _) ? bytes
        : default;

    private IReadOnlyList<ControlDatagram> Introduce(
        Moment now, NodeAddress from, SignedMessage<IntroductionRequest> wish, RandomSource random)
    {
        var claims = wish.Claims;
        if (claims.Mediator != _self || !_gate.HasTimeFor(from, now) || !_gate.IsFresh(claims.Nonce, claims.At, now)
            || !wish.Verify(claims.Caller, out _))
            return [];
        _gate.Remember(claims.Nonce, claims.At, now);
        var guest = _guests.GetValueOrDefault(claims.Ursula) is { } known && known.Until > now.Monotonic ? known : null;
        var answer = new Introduced(wish.Hash, _signer.VerifyingKey, guest?.Address ?? NobodyOf(from), from);
        var toCaller = new ControlDatagram(from, SignedMessage.Sign(answer, _signer, random).Bytes);
        if (guest is null)
            return [toCaller];
        var introduction = new Introduction(claims.Ursula, _signer.VerifyingKey, from, claims.Nonce, now.Clock);
        return [new ControlDatagram(guest.Address, SignedMessage.Sign(introduction, _signer, random).Bytes), toCaller];
    }

    private static NodeAddress NobodyOf(NodeAddress from) => new(from.Address, 0);

    private sealed record Guest(NodeAddress Address, TimeSpan Until, ReadOnlyMemory<byte> Record)
    {
        public bool IsAtHostOf(NodeAddress other) => Address.Address.Equals(other.Address);
    }
}
