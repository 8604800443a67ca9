namespace NuCypher.P2P.Dht;

/// <summary>
/// Asks one contact whom it knows near a point, and keeps those as spare ones: enough to begin a lookup.
/// </summary>
internal sealed class FillRun(Swarm swarm) : RpcCaller
{
    /// <summary>Asks the nearest contact of the table, if there is one.</summary>
    public static void Start(Swarm swarm, NodeId target)
    {
        if (swarm.Table.Closest(target, 1, healthyOnly: true) is [var nearest])
            swarm.Requests.Send(nearest, RpcMethod.FindNode, new FillRun(swarm), target);
    }

    /// <inheritdoc />
    public override void Answered(PendingRequest request, in RpcResponse response)
    {
        if (response.FromClient)
            return;
        swarm.Introductions.Heard(request.To, response);
        var contacts = response.ReadContacts(swarm.Options.K);
        while (contacts.TryRead(out var contact))
        {
            if (contact.Address.Reach < request.To.Address.Reach)
                continue;
            if (swarm.Table.Count < swarm.Options.K)
                swarm.Introductions.Consider(contact);
            else
                swarm.Introductions.Suggest(contact);
        }
    }

    /// <inheritdoc />
    public override void Silent(PendingRequest request) => swarm.Introductions.Failed(request.To);
}
