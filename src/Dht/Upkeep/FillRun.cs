namespace NuCypher.P2P.Dht;

/// <summary>
/// Asks one contact whom it knows in the range of a bucket, and keeps those as spare ones: enough to begin a lookup.
/// Gets to know those to whose nearest this node belongs: they would not hear of it.
/// </summary>
internal sealed class FillRun(Swarm swarm, NodeId target) : RpcCaller
{
    /// <summary>Asks the nearest contact of the table, if there is one.</summary>
    public static void Start(Swarm swarm, NodeId target)
    {
        if (swarm.Table.Closest(target, 1, healthyOnly: true) is [var nearest])
            swarm.Requests.Send(nearest, RpcMethod.FindNode, new FillRun(swarm, target), target);
    }

    /// <inheritdoc />
    public override void Answered(PendingRequest request, in RpcResponse response)
    {
        if (response.FromClient)
            return;
        swarm.Introductions.Heard(request.To, response);
        var named = new List<Contact>(swarm.Options.K);
        var contacts = response.ReadContacts(swarm.Options.K);
        while (contacts.TryRead(out var contact))
        {
            if (contact.Address.Reach >= request.To.Address.Reach)
                named.Add(contact);
        }
        foreach (var contact in named)
        {
            if (swarm.Table.Count < swarm.Options.K || (IsWhole(named) && BelongsTo(contact, named)))
                swarm.Introductions.Consider(contact);
            else
                swarm.Introductions.Suggest(contact);
        }
    }

    /// <inheritdoc />
    public override void Silent(PendingRequest request) => swarm.Introductions.Failed(request.To);

    /// <summary>Whether all nodes in the bucket's range are named: the answer goes beyond it.</summary>
    private bool IsWhole(List<Contact> named)
    {
        var bit = swarm.Self.SharedPrefix(target);
        return named.Count < swarm.Options.K || named.Exists(contact => swarm.Self.SharedPrefix(contact.Id) != bit);
    }

    /// <summary>Whether this node is one of the k nearest to a contact, as far as is known.</summary>
    private bool BelongsTo(Contact contact, List<Contact> named)
    {
        var own = contact.Id.DistanceTo(swarm.Self);
        var known = swarm.Table.CountNearer(contact.Id, swarm.Self) - (swarm.Table.Knows(contact) ? 1 : 0);
        return known < swarm.Options.K && known + named.Count(other => other != contact
            && contact.Id.DistanceTo(other.Id).CompareTo(own) < 0 && !swarm.Table.Knows(other)) < swarm.Options.K;
    }
}
