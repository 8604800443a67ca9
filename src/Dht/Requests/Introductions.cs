namespace NuCypher.P2P.Dht;

/// <summary>
/// Lets contacts into the table, only those that answered a ping at their address under their id, and finds out who is
/// gone.
/// </summary>
/// <remarks>
/// Who was handed out and gave no sign of life since is asked whether it is still there, and so is the one unheard of
/// for the longest time. Whoever asks something gives one.
/// Each that is not there makes the next few be asked, so that many deaths are found fast and few cost little.
/// </remarks>
internal sealed class Introductions(Swarm swarm) : RpcCaller
{
    private const int SmallRoom = 8;
    private const int MaxDoublings = 6;

    private readonly OrderedDictionary<
        NodeAddress, (PendingRequest Ping, DateTimeOffset Since, bool IsInvited)> _pinged = [];
    private readonly HashSet<NodeAddress> _checked = [];
    private readonly HashSet<NodeAddress> _rechecks = [];
    private readonly Queue<Contact> _stale = new();
    private readonly Queue<(Contact Contact, DateTimeOffset Until)> _expected = new();
    private readonly HashSet<NodeAddress> _later = [];

    /// <summary>Called with each contact that is new in the table.</summary>
    public Action<Contact> Welcome { get; set; } = _ => { };

    /// <summary>Notes that a contact answered some request; a ping does the rest if it is not known.</summary>
    public void Heard(Contact contact)
    {
        if (!swarm.Table.Heard(contact, swarm.Timeline.Now))
            Consider(contact);
    }

    /// <summary>Notes that a contact answered some request; that is as good as a ping if it said who it is.</summary>
    public void Heard(Contact contact, in RpcResponse response)
    {
        if (response.Trailer.Sender is { } id)
            Identified(contact, id);
        else
            Heard(contact);
    }

    /// <summary>Notes that a contact asked something, and decides whether it is worth a ping.</summary>
    public Admission Asked(Contact contact)
    {
        TryExpected();
        return swarm.Table.Asked(contact, swarm.Timeline.Now) ? Admission.None : Weigh(contact, isInvited: false);
    }

    /// <summary>
    /// Notes that a contact was asked for a proof of its address: if none comes it is pinged, since its answer may be
    /// lost.
    /// </summary>
    public void Expect(Contact contact)
    {
        if (_expected.Count < swarm.Options.MaxVerifications)
            _expected.Enqueue((contact, swarm.Timeline.Now + swarm.Options.ProofWait));
    }

    /// <summary>Notes that a contact exists, by its own word or another's.</summary>
    public void Consider(Contact contact)
    {
        if (Weigh(contact) == Admission.Verify)
            Ping(contact);
    }

    /// <summary>
    /// Keeps a contact that another named as a spare one, until something is looked for in its bucket.
    /// </summary>
    public void Suggest(Contact contact)
    {
        if (IsUsable(contact))
            swarm.Table.Suggest(contact);
    }

    /// <summary>Pings some spare contacts for whom there is room.</summary>
    public void TrySpares()
    {
        for (var i = 0; i < swarm.Options.SparesTried && swarm.Table.TakeSpare() is { } spare; i++)
            Ping(spare);
    }

    /// <summary>
    /// Notes that a known contact seems to serve nobody any more: a source is easily forged, so it is asked itself.
    /// </summary>
    public void Doubt(Contact contact)
    {
        if (swarm.Table.Knows(contact))
            Ping(contact);
    }

    /// <summary>Notes that a contact let one try pass.</summary>
    public void Doubted(Contact contact) => swarm.Table.Doubt(contact, swarm.Timeline.Now);

    /// <summary>
    /// Asks those who were handed out and gave no sign of life since whether they are still there; if there are none,
    /// the one that gave none for the longest time.
    /// </summary>
    public void CheckStale()
    {
        TryExpected();
        var before = Before(swarm.Options.StaleAfter);
        _stale.Clear();
        foreach (var contact in swarm.Table.InUse(before))
            _stale.Enqueue(contact);
        if (_stale.Count == 0 && swarm.Table.Oldest(1, before) is [var oldest])
            _stale.Enqueue(oldest);
        CheckNext();
    }

    /// <summary>
    /// Pings a contact, known or not, unless that is under way. Of too many the one that is silent for the longest
    /// gives way, if it had the time for a round trip: else strangers who never answer would keep newcomers out.
    /// </summary>
    /// <param name="contact">The contact.</param>
    /// <param name="tries">How often; <see cref="KademliaOptions.VerificationTries"/> if not given.</param>
    /// <param name="isInvited">Whether this node looks for it.</param>
    /// <returns>Whether that is under way.</returns>
    public bool Ping(Contact contact, int? tries = null, bool isInvited = true)
    {
        if (_pinged.ContainsKey(contact.Address))
            return true;
        if (!HasRoom())
            return false;
        var maxTries = tries ?? swarm.Options.VerificationTries;
        var ping = swarm.Requests.Send(contact, RpcMethod.Ping, this, maxTries: maxTries);
        _pinged.Add(contact.Address, (ping, swarm.Timeline.Now, isInvited));
        return true;
    }

    /// <summary>Notes that a contact answered a ping with its id, or a challenge.</summary>
    /// <param name="contact">The contact.</param>
    /// <param name="isInvited">Whether this node looked for it.</param>
    public void Proved(Contact contact, bool isInvited = true)
    {
        if (!IsUsable(contact))
            return;
        if (swarm.Table.Prove(contact, swarm.Timeline.Now, isInvited))
            Welcome(contact);
        else if (swarm.Table.AddressOf(contact.Id) is { } known && known != contact.Address)
            Check(contact with { Address = known }); // it may have moved
    }

    /// <summary>Notes that a contact did not answer: it is asked again, a spare one and others too.</summary>
    public void Failed(Contact contact)
    {
        var failures = swarm.Table.Failed(contact, swarm.Timeline.Now, out var spare);
        if (spare is { } next)
            Ping(next);
        if (failures > 0)
            CheckAgain(contact, failures);
        if (failures == BucketEntry.Replaceable)
        {
            var before = Before(swarm.Options.CheckedFor);
            foreach (var other in swarm.Table.Oldest(swarm.Options.ChecksAfterFailure, before))
                Check(other);
        }
    }

    /// <inheritdoc />
    public override void Answered(PendingRequest request, in RpcResponse response)
    {
        var isInvited = !_pinged.TryGetValue(request.To.Address, out var pinged) || pinged.IsInvited;
        Forget(request.To.Address);
        if (response.FromClient)
            swarm.Table.Remove(request.To);
        else if (response.TryReadNodeId(out var id))
            Identified(request.To, id, isInvited);
        else if (!response.IsTooLong)
            Failed(request.To);
        CheckNext();
    }

    /// <inheritdoc />
    public override void Silent(PendingRequest request)
    {
        Forget(request.To.Address);
        Failed(request.To);
        CheckNext();
    }

    /// <summary>Forgets the pings under way.</summary>
    public void Clear()
    {
        _pinged.Clear();
        _checked.Clear();
        _rechecks.Clear();
        _stale.Clear();
        _expected.Clear();
        _later.Clear();
    }

    /// <summary>
    /// Decides whether a contact is worth a ping; in a full bucket the one unheard of for the longest time is asked
    /// instead.
    /// </summary>
    private Admission Weigh(Contact contact, bool isInvited = true)
    {
        if (!IsUsable(contact))
            return Admission.None;
        var admission = swarm.Table.Consider(contact, Before(swarm.Options.MoveDoubtTime), isInvited);
        if (admission == Admission.Wait && swarm.Table.Oldest(contact.Id) is { } oldest && IsStale(oldest))
            Ping(oldest.Contact);
        if (admission == Admission.Later && _later.Count < swarm.Options.MaxChecks && _later.Add(contact.Address))
            swarm.Timeline.After(swarm.Options.MoveDoubtTime, () => LookAgain(contact));
        return admission;
    }

    /// <summary>A known id spoke from elsewhere, some time ago.</summary>
    private void LookAgain(Contact contact)
    {
        _later.Remove(contact.Address);
        Consider(contact);
    }

    /// <summary>Pings those whose proof did not come; no timer is worth it, the next request is soon enough.</summary>
    private void TryExpected()
    {
        while (_expected.TryPeek(out var expected) && expected.Until <= swarm.Timeline.Now)
        {
            _expected.Dequeue();
            if (!swarm.Table.Knows(expected.Contact) && Weigh(expected.Contact, isInvited: false) == Admission.Verify)
                Ping(expected.Contact, tries: 1, isInvited: false);
        }
    }

    private bool IsUsable(Contact contact) =>
        contact.Address.IsUnicast && (contact.Address.IsIPv4 || swarm.Options.UseIPv6);

    private bool IsStale(BucketEntry entry) => entry.Healthy && entry.At < Before(swarm.Options.DisplaceAfter);

    private long Before(TimeSpan age) => (swarm.Timeline.Now - age).UtcTicks;

    /// <summary>Pings as many of those whose turn it is as may be pinged at once.</summary>
    private void CheckNext()
    {
        while (_checked.Count < swarm.Options.MaxChecks && _stale.TryDequeue(out var next))
        {
            if (swarm.Table.Knows(next))
                Check(next);
        }
    }

    /// <summary>Pings a contact of the table, unless that is under way or too many others are.</summary>
    private void Check(Contact contact)
    {
        if (_checked.Count < swarm.Options.MaxChecks
            && !_pinged.ContainsKey(contact.Address) && _checked.Add(contact.Address))
            swarm.Requests.Send(contact, RpcMethod.Ping, this, maxTries: swarm.Options.VerificationTries);
    }

    /// <summary>Pings a silent contact again later, ever more seldom.</summary>
    private void CheckAgain(Contact contact, int failures)
    {
        if (!_rechecks.Add(contact.Address))
            return;
        var doublings = Math.Min(failures - BucketEntry.Replaceable, MaxDoublings);
        swarm.Timeline.After(swarm.Options.RecheckAfter * (1 << doublings), () =>
        {
            _rechecks.Remove(contact.Address);
            if (swarm.Table.Knows(contact))
                Check(contact);
        });
    }

    private bool HasRoom()
    {
        if (_pinged.Count < swarm.Options.MaxVerifications)
            return true;
        var (oldest, (ping, since, _)) = _pinged.GetAt(0);
        if (swarm.Timeline.Now - since < swarm.Options.VerificationPatience)
            return false;
        swarm.Requests.Cancel(ping);
        _pinged.Remove(oldest);
        return true;
    }

    private void Forget(NodeAddress address)
    {
        _checked.Remove(address);
        _pinged.Remove(address);
        if (_pinged.Count == 0 && _pinged.Capacity > SmallRoom)
            _pinged.TrimExcess();
    }

    private void Identified(Contact claimed, NodeId id, bool isInvited = true)
    {
        if (claimed.Id != id && swarm.Table.Knows(claimed))
            Failed(claimed);
        Proved(claimed with { Id = id }, isInvited);
    }
}
