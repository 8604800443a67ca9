using System.Collections.Concurrent;
using Akka.Dispatch;
using Akka.Dispatch.MessageQueues;

namespace NuCypher.P2P.Actors.Mailboxes;

/// <summary>The messages that wait for one actor; any thread adds, the actor's takes.</summary>
/// <param name="capacity">
/// The most that wait; what the actor itself puts back in front, and what strangers can't send, comes in any case.
/// </param>
public sealed class DroppingMessages(int capacity)
    : IMessageQueue, IUnboundedDequeBasedMessageQueueSemantics, IBoundedDequeBasedMessageQueueSemantics,
    IMultipleConsumerSemantics
{
    private readonly ConcurrentQueue<Envelope> _queue = new();
    private readonly Stack<Envelope> _front = new();
    private int _count;

    /// <inheritdoc/>
    public bool HasMessages => Volatile.Read(ref _count) > 0;

    /// <inheritdoc/>
    public int Count => Volatile.Read(ref _count);

    /// <inheritdoc/>
    public TimeSpan PushTimeOut => TimeSpan.Zero;

    /// <inheritdoc/>
    public void Enqueue(IActorRef receiver, Envelope envelope)
    {
        if (Interlocked.Increment(ref _count) <= capacity || !DroppingMailbox.IsDroppable(receiver, envelope))
        {
            _queue.Enqueue(envelope);
            return;
        }

        Interlocked.Decrement(ref _count);
        DroppingMailbox.CountDropped();
        if (receiver is IInternalActorRef { Provider.DeadLetters: var deadLetters })
            deadLetters.Tell(
                new DeadLetter(envelope.Message, envelope.Sender ?? deadLetters, receiver), envelope.Sender);
    }

    /// <inheritdoc/>
    public void EnqueueFirst(Envelope envelope)
    {
        _front.Push(envelope);
        Interlocked.Increment(ref _count);
    }

    /// <inheritdoc/>
    public bool TryDequeue(out Envelope envelope)
    {
        if (!_front.TryPop(out envelope) && !_queue.TryDequeue(out envelope))
            return false;
        Interlocked.Decrement(ref _count);
        return true;
    }

    /// <inheritdoc/>
    public void CleanUp(IActorRef owner, IMessageQueue deadletters)
    {
        while (TryDequeue(out var envelope))
            deadletters.Enqueue(owner, envelope);
    }
}
