using NuCypher.P2P.ActorRuntime.Hosting;

namespace NuCypher.P2P.ActorRuntime;

/// <summary>Two queues, system before user, and one flag: whoever sets the flag schedules the mailbox on the dispatcher.</summary>
/// <remarks>
/// Producers may be on any thread; <see cref="IThreadPoolWorkItem.Execute"/> runs on one thread at a time because the flag stays set
/// until it ends. The flag is cleared <em>before</em> the queues are looked at again: a producer that saw it set has enqueued before.
/// </remarks>
internal sealed class Mailbox(ActorCell cell, IDispatcher dispatcher, int capacity) : IThreadPoolWorkItem
{
    private IMessageBuffer? _queue;
    private Queue<Envelope>? _front;
    private SystemMessage? _newest;
    private int _scheduled;

    private IMessageBuffer Queue => Volatile.Read(ref _queue) ?? CreateBuffer();

    private bool HasSystemMessages => Volatile.Read(ref _newest) is not null;

    private bool IsQueueEmpty => Volatile.Read(ref _queue)?.IsEmpty ?? true;

    /// <summary>False if the mailbox is full, unless <paramref name="force"/>.</summary>
    public bool TryPost(in Envelope envelope, bool force)
    {
        if (!Queue.TryEnqueue(envelope, force))
            return false;
        Schedule();
        return true;
    }

    public void PostSystem(SystemMessage message)
    {
        dispatcher.CheckAccess();
        SystemMessage? head;
        do
        {
            head = Volatile.Read(ref _newest);
            message.Next = head;
        }
        while (!ReferenceEquals(Interlocked.CompareExchange(ref _newest, message, head), head));
        Schedule();
    }

    /// <summary>Puts messages before everything that waits. Only from the cell's own turn.</summary>
    public void Prepend(IEnumerable<Envelope> envelopes)
    {
        var later = _front;
        _front = new Queue<Envelope>(envelopes);
        while (later is not null && later.TryDequeue(out var envelope))
            _front.Enqueue(envelope);
    }

    /// <summary>The next user message. Only from the cell's own turn.</summary>
    public bool TryTake(out Envelope envelope)
    {
        if (_front is not null && _front.TryDequeue(out envelope))
            return true;
        envelope = default;
        return Volatile.Read(ref _queue)?.TryDequeue(out envelope) ?? false;
    }

    void IThreadPoolWorkItem.Execute()
    {
        var outer = ActorCell.Enter(cell);
        bool isReady;
        bool hasFront;
        try
        {
            RunSystemMessages();
            RunUserMessages();
            if (cell.Lifecycle.IsClosed)
                cell.DiscardMail();
            isReady = cell.CanReceive || cell.Lifecycle.IsClosed;
            hasFront = _front is { Count: > 0 };
        }
        finally
        {
            ActorCell.Leave(outer);
        }

        Interlocked.Exchange(ref _scheduled, 0);
        if (HasSystemMessages || (isReady && (hasFront || !IsQueueEmpty)))
            Schedule();
    }

    private void RunUserMessages()
    {
        for (var left = dispatcher.Throughput; left > 0 && cell.CanReceive && TryTake(out var envelope); left--)
        {
            cell.Invoke(envelope);
            if (HasSystemMessages)
                RunSystemMessages();
        }
    }

    private void RunSystemMessages()
    {
        while (HasSystemMessages)
        {
            var message = OldestFirst(Interlocked.Exchange(ref _newest, null));
            while (message is not null && !cell.System.IsCrashed)
            {
                var next = message.Next;
                message.Next = null;
                cell.Apply(message);
                message = next;
            }
        }
    }

    private static SystemMessage? OldestFirst(SystemMessage? newest)
    {
        SystemMessage? oldest = null;
        while (newest is not null)
        {
            var next = newest.Next;
            newest.Next = oldest;
            oldest = newest;
            newest = next;
        }

        return oldest;
    }

    private void Schedule()
    {
        if (Volatile.Read(ref _scheduled) == 0 && Interlocked.CompareExchange(ref _scheduled, 1, 0) == 0)
            dispatcher.Schedule(this);
    }

    private IMessageBuffer CreateBuffer()
    {
        var created = dispatcher.CreateBuffer(capacity);
        return Interlocked.CompareExchange(ref _queue, created, null) ?? created;
    }
}
