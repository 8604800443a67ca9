using Akka.Dispatch;
using Akka.Dispatch.MessageQueues;
using NuCypher.P2P.Actors.Mailboxes;

namespace NuCypher.P2P.Simulator;

/// <summary>
/// The messages that wait for one actor: for one thread, and without memory while there never were any. Traces what is
/// taken out.
/// </summary>
/// <param name="loop">Where the actor runs.</param>
/// <param name="process">Whose the actor is; null for the world's own.</param>
/// <param name="capacity">The most that wait; what production's mailbox takes in any case comes in here, too.</param>
internal class LoopQueue(DeterministicLoop loop, LoopProcess? process, int capacity)
    : IMessageQueue, IUnboundedDequeBasedMessageQueueSemantics, IBoundedDequeBasedMessageQueueSemantics,
    IMultipleConsumerSemantics
{
    private const int First = 2;
    private const int Kept = 8;

    private Envelope[] _ring = [];
    private int _start;

    /// <summary>Its place among all mailboxes of the world, in the order of their making.</summary>
    public long Number { get; } = loop.NextQueue();

    /// <summary>Whose the actor is.</summary>
    public LoopProcess? Process => process;

    public bool HasMessages => Count > 0;

    public int Count { get; private set; }

    public TimeSpan PushTimeOut => TimeSpan.Zero;

    /// <summary>
    /// Passes over what another thread sends, and lets the loop throw: Akka would swallow it here, and log it, for
    /// ever.
    /// </summary>
    public void Enqueue(IActorRef receiver, Envelope envelope)
    {
        if (process is { IsCrashed: true } || !loop.Time.Guard.IsLoop())
            return;
        if (Count >= capacity && DroppingMailbox.IsDroppable(receiver, envelope))
        {
            Drop(receiver, envelope);
            return;
        }

        MakeRoom();
        _ring[(_start + Count++) % _ring.Length] = envelope;
    }

    public void EnqueueFirst(Envelope envelope)
    {
        loop.CheckAccess();
        MakeRoom();
        _start = (_start + _ring.Length - 1) % _ring.Length;
        _ring[_start] = envelope;
        Count++;
    }

    public virtual bool TryDequeue(out Envelope envelope)
    {
        if (Count == 0)
        {
            envelope = default;
            return false;
        }

        envelope = _ring[_start];
        _ring[_start] = default;
        _start = (_start + 1) % _ring.Length;
        if (--Count == 0 && _ring.Length > Kept)
            (_ring, _start) = ([], 0);
        loop.Trace.Add(loop.Time.GetTimestamp());
        loop.Trace.Add(Number);
        loop.Trace.Add(envelope.Message.GetType());
        return true;
    }

    public void CleanUp(IActorRef owner, IMessageQueue deadletters)
    {
        while (TryDequeue(out var envelope))
            deadletters.Enqueue(owner, envelope);
        _ring = [];
    }

    private void Drop(IActorRef receiver, Envelope envelope)
    {
        loop.Dropped++;
        if (receiver is IInternalActorRef { Provider.DeadLetters: var deadLetters })
            deadLetters.Tell(
                new DeadLetter(envelope.Message, envelope.Sender ?? deadLetters, receiver), envelope.Sender);
    }

    private void MakeRoom()
    {
        if (Count < _ring.Length)
            return;
        var ring = new Envelope[Math.Max(First, 2 * Count)];
        for (var i = 0; i < Count; i++)
            ring[i] = _ring[(_start + i) % _ring.Length];
        (_ring, _start) = (ring, 0);
    }
}
