namespace NuCypher.P2P.Dht;

/// <summary>Gives a node that is new in the table the records that belong to it too.</summary>
/// <remarks>
/// Only once its address is proven, only the records whose nearest known holder is this node, and at a limited rate:
/// one forged datagram must not start a flood. Source: Kademlia (2002), section 2.5.
/// </remarks>
internal sealed class Handover(Swarm swarm)
{
    private TokenBucket? _rate;

    /// <summary>Sends a new contact what belongs to it.</summary>
    public void Welcome(Contact newcomer)
    {
        _rate ??= new TokenBucket(swarm.Options.HandoverRate, swarm.Options.HandoverRate, swarm.Now);
        var records = swarm.Values.RecordsWhere(key => BelongsTo(newcomer, key), swarm.Now)
            .OrderBy(record => record.Key.DistanceTo(newcomer.Id))
            .Take(swarm.Options.MaxHandoverRecords)
            .ToArray();
        foreach (var record in records)
        {
            if (_rate.TryTake(swarm.Now))
                StoreRun.Start(swarm, [newcomer], record.Key, ValueStore.Encode(record), _ => { });
        }
    }

    private bool BelongsTo(Contact newcomer, NodeId key) =>
        !swarm.Table.KnowsNearer(key, newcomer) && swarm.Table.CountNearer(key, newcomer.Id) < swarm.Options.K;
}
