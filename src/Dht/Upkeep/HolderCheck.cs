namespace NuCypher.P2P.Dht;

/// <summary>
/// Asks one contact whether it holds a record, or a newer one of the same key: the answer must carry it.
/// </summary>
internal sealed class HolderCheck(Swarm swarm, VerifiedRecord record, Action<bool> finished) : RpcCaller
{
    /// <summary>Asks.</summary>
    public static void Start(Swarm swarm, Contact holder, VerifiedRecord record, Action<bool> finished) =>
        swarm.Requests.Send(holder, RpcMethod.FindValue, new HolderCheck(swarm, record, finished), record.Key);

    /// <inheritdoc />
    public override void Answered(PendingRequest request, in RpcResponse response)
    {
        swarm.Introductions.Heard(request.To, response);
        var given = new RecordCollector(record.Key, 1, swarm.Verifier, swarm.Now);
        finished(response.TryReadValue(out var encoded) && given.Offer(
            request.To, encoded) && !record.Supersedes(given.Newest!));
    }

    /// <inheritdoc />
    public override void Silent(PendingRequest request)
    {
        swarm.Introductions.Failed(request.To);
        finished(false);
    }
}
