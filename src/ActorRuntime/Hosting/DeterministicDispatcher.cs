namespace NuCypher.P2P.ActorRuntime.Hosting;

/// <summary>Runs the mailboxes of any number of systems on the calling thread, in an order that the seed decides.</summary>
/// <remarks>
/// One message a turn, the next mailbox drawn at random; when none is ready, virtual time jumps to the next timer. The same seed
/// and the same inputs give the same history. Not for callers with a synchronization context of their own: run the loop, don't await in it.
/// </remarks>
public sealed class DeterministicDispatcher : IDispatcher
{
    private readonly List<object> _ready = [];
    private readonly Random _random;
    private long _queues;

    /// <summary>A dispatcher over a virtual time, which no other dispatcher may advance.</summary>
    public DeterministicDispatcher(int seed, VirtualTime time)
    {
        ArgumentNullException.ThrowIfNull(time);
        (_random, Time) = (new Random(seed), time);
    }

    /// <summary>The time that the loop advances.</summary>
    public VirtualTime Time { get; }

    /// <summary>A hash over every message handled: when, by whom, of which type. A host may add to it.</summary>
    public TraceHash Trace { get; } = new();

    /// <summary>How many turns, posts and timers were run.</summary>
    public long Steps { get; private set; }

    /// <summary>True to fail a run during which the process's thread pool did any work.</summary>
    public bool GuardsThreadPool { get; init; }

    /// <inheritdoc/>
    public int Throughput => 1;

    /// <inheritdoc/>
    public TaskCreationOptions PromiseOptions => TaskCreationOptions.None;

    /// <inheritdoc/>
    public IMessageBuffer CreateBuffer(int capacity)
    {
        Time.Guard.Check();
        return new TracedQueue(this, ++_queues, capacity);
    }

    /// <inheritdoc/>
    public void Schedule(IThreadPoolWorkItem mailbox) => Add(mailbox);

    /// <inheritdoc/>
    public void Post(Action action) => Add(action);

    /// <inheritdoc/>
    public void CheckAccess() => Time.Guard.Check();

    /// <summary>Runs until nothing is ready and the given virtual time has passed.</summary>
    public void RunFor(TimeSpan duration) => Loop(duration, static () => false);

    /// <summary>Runs what is ready, and what that makes ready, without any time passing.</summary>
    public void RunUntilIdle() => RunFor(TimeSpan.Zero);

    /// <summary>Runs until a condition holds.</summary>
    /// <returns>False if it does not hold when the given virtual time has passed.</returns>
    public bool RunUntil(Func<bool> condition, TimeSpan limit)
    {
        ArgumentNullException.ThrowIfNull(condition);
        Loop(limit, condition);
        return condition();
    }

    /// <summary>Runs until a task has ended.</summary>
    /// <exception cref="TimeoutException">It has not when the given virtual time has passed.</exception>
    public void RunUntil(Task task, TimeSpan limit)
    {
        ArgumentNullException.ThrowIfNull(task);
        if (!RunUntil(() => task.IsCompleted, limit))
            throw new TimeoutException($"The task has not ended after {limit} of virtual time.");
        task.GetAwaiter().GetResult();
    }

    /// <summary>Runs until a task has ended.</summary>
    /// <returns>Its result.</returns>
    /// <exception cref="TimeoutException">It has not when the given virtual time has passed.</exception>
    public T RunUntil<T>(Task<T> task, TimeSpan limit)
    {
        RunUntil((Task)task, limit);
        return task.GetAwaiter().GetResult();
    }

    private static long ThreadPoolWork => ThreadPool.CompletedWorkItemCount + ThreadPool.PendingWorkItemCount;

    private void Add(object work)
    {
        Time.Guard.Check();
        _ready.Add(work);
    }

    private void Loop(TimeSpan duration, Func<bool> isDone)
    {
        Time.Guard.Adopt();
        var context = SynchronizationContext.Current;
        var poolWork = ThreadPoolWork;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            var until = checked(Time.GetTimestamp() + duration.Ticks);
            while (!isDone() && Step(until))
                Time.Guard.ThrowIfViolated();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }

        if (GuardsThreadPool && ThreadPoolWork != poolWork)
            throw new DeterminismException("The thread pool worked during a deterministic run.");
    }

    private bool Step(long until)
    {
        if (_ready.Count > 0)
            RunOne();
        else if (!Time.TryAdvance(until))
            return false;
        Steps++;
        return true;
    }

    private void RunOne()
    {
        var last = _ready.Count - 1;
        var index = _random.Next(_ready.Count);
        var work = _ready[index];
        _ready[index] = _ready[last];
        _ready.RemoveAt(last);
        if (work is IThreadPoolWorkItem mailbox)
            mailbox.Execute();
        else
            ((Action)work)();
    }

    private sealed class TracedQueue(DeterministicDispatcher dispatcher, long id, int capacity) : IMessageBuffer
    {
        private readonly Queue<Envelope> _queue = new();

        public bool IsEmpty => _queue.Count == 0;

        public bool TryEnqueue(in Envelope envelope, bool force)
        {
            dispatcher.CheckAccess();
            if (_queue.Count >= capacity && !force)
                return false;
            _queue.Enqueue(envelope);
            return true;
        }

        public bool TryDequeue(out Envelope envelope)
        {
            if (!_queue.TryDequeue(out envelope))
                return false;
            dispatcher.Trace.Add(dispatcher.Time.GetTimestamp());
            dispatcher.Trace.Add(id);
            dispatcher.Trace.Add(envelope.Message.GetType());
            return true;
        }
    }
}
