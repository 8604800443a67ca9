using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy.Services;
using NuCypher.P2P.Policy.Wire;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Policy.Mediation;

/// <summary>
/// The core of a node behind a NAT: asks mediators again and again, learns from their answers where it is seen, and
/// lets in whom they introduce. Pure; remote bytes never make it throw.
/// </summary>
/// <remarks>
/// A forged introduction would make the node send where somebody else wishes: one counts only if it comes from the
/// address of a mediator that answered, is signed by it, addressed to this node, in time and new.
/// </remarks>
public sealed class GuestDesk
{
    private const int MaxTries = 4;

    private readonly MediationOptions _options;
    private readonly NodeId _self;
    private readonly Signer _signer;
    private readonly MessageGate _gate;
    private readonly Dictionary<NodeId, Asked> _asked = [];

    /// <summary>A node that has asked nobody.</summary>
    /// <param name="options">Limits.</param>
    /// <param name="signer">The node's; not disposed here.</param>
    /// <param name="start">Now.</param>
    /// <param name="key">Unpredictable.</param>
    public GuestDesk(MediationOptions options, Signer signer, Moment start, int key)
    {
        (_options, _signer) = (options, signer);
        _self = NodeId.FromVerifyingKey(signer.VerifyingKey.ToBytes());
        _gate = new MessageGate(options, start, key);
    }

    /// <summary>Those who answered, in the order in which they were asked first.</summary>
    public IReadOnlyList<Mediator> Mediators => [.. Answering.Select(asked => asked.Mediator)];

    /// <summary>How many more mediators are wanted.</summary>
    public int Wanted => Math.Max(0, _options.Mediators - _asked.Count);

    /// <summary>Where most mediators see this node; null while nobody said.</summary>
    public NodeAddress? Seen => Answering.GroupBy(asked => asked.Seen).OrderByDescending(group => group.Count())
        .FirstOrDefault()?.Key;

    /// <summary>What the answers say about the NAT.</summary>
    public NatVerdict Verdict => Answering.Select(asked => asked.Seen).Distinct().Count() switch
    {
        0 => NatVerdict.Unknown,
        1 => NatVerdict.OneAddress,
        _ => NatVerdict.ManyAddresses,
    };

    private IEnumerable<Asked> Answering => _asked.Values.Where(asked => asked.Seen is not null);

    /// <summary>Takes others that may mediate; only as many as are wanted.</summary>
    public void Add(IEnumerable<Mediator> candidates)
    {
        foreach (var candidate in candidates.Where(c => c.Id != _self && c.Udp.IsUnicast))
        {
            if (Wanted > 0)
                _asked.TryAdd(candidate.Id, new Asked(candidate));
        }
    }

    /// <summary>Asks whom it is time to ask; gives up who did not answer several times.</summary>
    /// <param name="now">The time.</param>
    /// <param name="record">The node's own signed record; empty if it has none yet.</param>
    /// <param name="random">For nonces and signatures.</param>
    public IReadOnlyList<ControlDatagram> Ask(Moment now, ReadOnlyMemory<byte> record, RandomSource random)
    {
        foreach (var silent in _asked.Values.Where(asked => asked.Tries >= MaxTries && asked.NextAt <= now.Monotonic)
            .ToList())
            _asked.Remove(silent.Mediator.Id);
        return [.. _asked.Values.Where(asked => asked.NextAt <= now.Monotonic)
            .Select(asked => Ask(asked, now, record, random))];
    }

    /// <summary>All are asked again at once: the record is another one.</summary>
    public void Hurry()
    {
        foreach (var asked in _asked.Values)
            asked.NextAt = TimeSpan.MinValue;
    }

    /// <summary>Takes a mediator's answer; false if it is none that was waited for.</summary>
    public bool TakeGrant(Moment now, NodeAddress from, ReadOnlySpan<byte> bytes)
    {
        if (!SignedMessage.TryRead<MediationGrant>(bytes, out var grant, out _)
            || Find(grant.Claims.Mediator, from) is not { } asked || asked.Request != grant.Claims.Request
            || !grant.Claims.Seen.IsUnicast || !grant.Verify(grant.Claims.Mediator, out _))
            return false;
        (asked.Seen, asked.Request, asked.Tries) = (grant.Claims.Seen, null, 0);
        asked.NextAt = now.Monotonic + _options.RenewInterval;
        return true;
    }

    /// <summary>Takes an introduction; false for a forged, late or repeated one, and for one too many.</summary>
    /// <param name="now">The time.</param>
    /// <param name="from">Where it came from.</param>
    /// <param name="bytes">What came.</param>
    /// <param name="caller">Whom to let in.</param>
    public bool TakeIntroduction(Moment now, NodeAddress from, ReadOnlySpan<byte> bytes, out NodeAddress caller)
    {
        caller = default;
        if (!SignedMessage.TryRead<Introduction>(bytes, out var message, out _))
            return false;
        var claims = message.Claims;
        if (claims.Ursula != _self || !claims.Caller.IsUnicast || Find(claims.Mediator, from) is not { Seen: not null }
            || !_gate.HasTimeFor(from, now) || !_gate.IsFresh(claims.Nonce, claims.At, now)
            || !message.Verify(claims.Mediator, out _))
            return false;
        _gate.Remember(claims.Nonce, claims.At, now);
        caller = claims.Caller;
        return true;
    }

    private Asked? Find(VerifyingKey mediator, NodeAddress from) =>
        _asked.GetValueOrDefault(NodeId.FromVerifyingKey(mediator.ToBytes())) is { } asked && asked.Mediator.Udp == from
            ? asked
            : null;

    private ControlDatagram Ask(Asked asked, Moment now, ReadOnlyMemory<byte> record, RandomSource random)
    {
        var request = new MediationRequest(
            _signer.VerifyingKey, asked.Mediator.Id, Nonce.Random(random), now.Clock, record);
        var message = SignedMessage.Sign(request, _signer, random);
        (asked.Request, asked.NextAt) = (message.Hash, now.Monotonic + _options.AnswerTime);
        if (++asked.Tries >= MaxTries)
            asked.Seen = null; // it does not answer any more
        return new ControlDatagram(asked.Mediator.Udp, message.Bytes);
    }

    private sealed class Asked(Mediator mediator)
    {
        public Mediator Mediator => mediator;

        public NodeAddress? Seen { get; set; }

        public Digest? Request { get; set; }

        public TimeSpan NextAt { get; set; } = TimeSpan.MinValue;

        public int Tries { get; set; }
    }
}
