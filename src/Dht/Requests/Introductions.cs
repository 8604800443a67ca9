namespace NuCypher.P2P.Dht;

/// <summary>Lets contacts into the table: only those that answered a ping at their address under their id.</summary>
internal sealed class Introductions(Swarm swarm) : RpcCaller
{
    private const int SmallRoom = 8;

    private readonly HashSet<NodeAddress> _pinged = [];

    /// <summary>Called with each contact that is new in the table.</summary>
    public Action<Contact> Welcome { get; set; } = _ => { };

    /// <summary>Notes that a contact answered some request; a ping does the rest if it is not known.</summary>
    public void Heard(Contact contact)
    {
        if (!swarm.Table.Heard(contact, swarm.Timeline.Now))
            Consider(contact);
    }

    /// <summary>Notes that a contact exists, by its own word or another's.</summary>
    public void Consider(Contact contact)
    {
        if (!contact.Address.IsUnicast || (!contact.Address.IsIPv4 && !swarm.Options.UseIPv6))
            return;
        var admission = swarm.Table.Consider(contact);
        if (admission == Admission.Verify)
            Ping(contact);
        else if (admission == Admission.Wait && swarm.Table.Oldest(contact.Id) is { } oldest && IsStale(oldest))
            Ping(oldest.Contact);
    }

    /// <summary>Notes that a known contact seems to serve nobody any more: a source is easily forged, so it is asked itself.</summary>
    public void Doubt(Contact contact)
    {
        if (swarm.Table.Knows(contact))
            Ping(contact);
    }

    /// <summary>Pings a contact, known or not, unless that is under way or too many others are.</summary>
    public void Ping(Contact contact)
    {
        if (_pinged.Count < swarm.Options.MaxVerifications && _pinged.Add(contact.Address))
            swarm.Requests.Send(contact, RpcMethod.Ping, this, maxTries: swarm.Options.VerificationTries);
    }

    /// <summary>Notes that a contact answered a ping with its id.</summary>
    public void Proved(Contact contact)
    {
        if (swarm.Table.Prove(contact, swarm.Timeline.Now))
            Welcome(contact);
    }

    /// <summary>Notes that a contact did not answer; a spare one may follow.</summary>
    public void Failed(Contact contact)
    {
        if (swarm.Table.Failed(contact) is { } spare)
            Ping(spare);
    }

    /// <inheritdoc />
    public override void Answered(PendingRequest request, in RpcResponse response)
    {
        Forget(request.To.Address);
        if (response.FromClient)
            swarm.Table.Remove(request.To);
        else if (response.TryReadNodeId(out var id))
            Identified(request.To, id);
        else
            Failed(request.To);
    }

    /// <inheritdoc />
    public override void Silent(PendingRequest request)
    {
        Forget(request.To.Address);
        Failed(request.To);
    }

    /// <summary>Forgets the pings under way.</summary>
    public void Clear() => _pinged.Clear();

    /// <summary>Whether a contact was not heard for so long that it may be gone.</summary>
    public bool IsStale(BucketEntry entry) => swarm.Timeline.Now.UtcTicks - entry.HeardAt >= swarm.Options.StaleAfter.Ticks;

    private void Forget(NodeAddress address)
    {
        _pinged.Remove(address);
        if (_pinged.Count == 0 && _pinged.Capacity > SmallRoom)
            _pinged.TrimExcess();
    }

    private void Identified(Contact claimed, NodeId id)
    {
        if (claimed.Id != id)
            Failed(claimed);
        Proved(claimed with { Id = id });
    }
}
