namespace NuCypher.P2P.Dht;

/// <summary>
/// Asks one of the nearest whom it knows near this node, and gets to know them: who joined at the same time was not
/// found by the search for the own id.
/// </summary>
/// <param name="swarm">The node.</param>
/// <param name="rank">Which one is asked: 0 is the nearest.</param>
internal sealed class NeighbourRun(Swarm swarm, int rank) : RpcCaller
{
    /// <summary>Asks, if there are so many.</summary>
    public void Start()
    {
        if (swarm.Table.Closest(swarm.Self, rank + 1, healthyOnly: true) is { } nearest && nearest.Count > rank)
            swarm.Requests.Send(nearest[rank], RpcMethod.FindNode, this, swarm.Self);
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
            if (contact.Address.Reach >= request.To.Address.Reach)
                swarm.Introductions.Consider(contact);
        }
    }

    /// <inheritdoc />
    public override void Silent(PendingRequest request) => swarm.Introductions.Failed(request.To);
}
