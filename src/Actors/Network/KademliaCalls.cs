using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Actors.Network;

/// <summary>
/// An actor's requests to its node's Kademlia that are under way, each with what to do about the outcome.
/// </summary>
/// <remarks>
/// Every request gets an outcome: where a flood filled Kademlia's mailbox and the request was dropped, the time limit
/// gives it.
/// </remarks>
/// <param name="kademlia">The Kademlia actor.</param>
/// <param name="asker">The actor that asks; it hands every <see cref="KademliaReply"/> to <see cref="Take"/>.</param>
/// <param name="scheduler">Keeps the time limit.</param>
internal sealed class KademliaCalls(IActorRef kademlia, IActorRef asker, IScheduler scheduler)
{
    /// <summary>The longest wait; longer than any operation of Kademlia takes by default.</summary>
    public static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(35);

    private readonly Dictionary<long, (Action<DhtOutcome> Then, ICancelable Limit)> _pending = [];
    private long _lastId;

    /// <summary>Sends a request.</summary>
    /// <param name="request">Made with the number that the reply repeats.</param>
    /// <param name="then">Called by <see cref="Take"/>, in the asking actor.</param>
    public void Send(Func<long, KademliaRequest> request, Action<DhtOutcome> then)
    {
        var id = ++_lastId;
        var late = new KademliaReply(id, new OperationFailed(DhtFailure.TimedOut));
        _pending.Add(id, (then, scheduler.ScheduleTellOnceCancelable(TimeLimit, asker, late, asker)));
        kademlia.Tell(request(id), asker);
    }

    /// <summary>Passes a reply on; one that nobody waits for has no effect.</summary>
    public void Take(KademliaReply reply)
    {
        if (!_pending.Remove(reply.RequestId, out var call))
            return;
        call.Limit.Cancel();
        call.Then(reply.Outcome);
    }
}
