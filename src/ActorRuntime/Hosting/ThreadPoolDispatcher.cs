using System.Collections.Concurrent;

namespace NuCypher.P2P.ActorRuntime.Hosting;

/// <summary>Runs mailboxes on the thread pool, up to 30 messages a turn.</summary>
public sealed class ThreadPoolDispatcher : IDispatcher
{
    /// <summary>The dispatcher; it has no state.</summary>
    public static readonly ThreadPoolDispatcher Instance = new();

    private ThreadPoolDispatcher()
    {
    }

    /// <inheritdoc/>
    public int Throughput => 30;

    /// <inheritdoc/>
    public TaskCreationOptions PromiseOptions => TaskCreationOptions.RunContinuationsAsynchronously;

    /// <inheritdoc/>
    public IMessageBuffer CreateBuffer(int capacity) => new BoundedQueue(capacity);

    /// <inheritdoc/>
    public void Schedule(IThreadPoolWorkItem mailbox) => ThreadPool.UnsafeQueueUserWorkItem(mailbox, preferLocal: false);

    /// <inheritdoc/>
    public void Post(Action action) =>
        ThreadPool.UnsafeQueueUserWorkItem(static run => run(), action, preferLocal: false);

    /// <inheritdoc/>
    public void CheckAccess()
    {
    }

    private sealed class BoundedQueue(int capacity) : IMessageBuffer
    {
        private readonly ConcurrentQueue<Envelope> _queue = new();
        private int _count;

        public bool IsEmpty => _queue.IsEmpty;

        public bool TryEnqueue(in Envelope envelope, bool force)
        {
            if (Interlocked.Increment(ref _count) > capacity && !force)
            {
                Interlocked.Decrement(ref _count);
                return false;
            }

            _queue.Enqueue(envelope);
            return true;
        }

        public bool TryDequeue(out Envelope envelope)
        {
            if (!_queue.TryDequeue(out envelope))
                return false;
            Interlocked.Decrement(ref _count);
            return true;
        }
    }
}
