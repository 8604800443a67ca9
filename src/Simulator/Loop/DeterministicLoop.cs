using Akka.Dispatch;
using NuCypher.P2P.Actors.Scheduling;

namespace NuCypher.P2P.Simulator;

/// <summary>
/// The loop of one world: runs the mailboxes of its actors on the calling thread, in an order that the seed decides.
/// </summary>
/// <remarks>
/// One message a turn, the next mailbox drawn at random; when none is ready, virtual time jumps to the next timer. The
/// same seed and the same inputs give the same history. What one turn makes ready is put into the order of the
/// mailboxes' numbers before anything is drawn: Akka walks an actor's children in the order of hash codes of their
/// names, which differs from process to process. Not for callers with a synchronization context of their own: run the
/// loop, don't await in it.
/// </remarks>
public sealed class DeterministicLoop
{
    /// <summary>What is posted comes after the mailboxes that the same turn makes ready.</summary>
    private const long FirstPost = long.MaxValue / 2;

    private readonly List<Turn> _ready = [];
    private readonly Random _random;
    private readonly Random _akkaRandom;
    private long _queues;
    private long _posts;
    private int _sorted;
    private bool _isMixed;

    /// <summary>A loop over a virtual time, which no other loop may advance.</summary>
    public DeterministicLoop(int seed, VirtualTime time)
    {
        ArgumentNullException.ThrowIfNull(time);
        (_random, _akkaRandom, Time) = (new Random(seed), new Random(~seed), time);
    }

    /// <summary>The time that the loop advances.</summary>
    public VirtualTime Time { get; }

    /// <summary>A hash over every message handled: when, by whom, of which type. A host may add to it.</summary>
    public TraceHash Trace { get; } = new();

    /// <summary>How many turns, posts and timers were run.</summary>
    public long Steps { get; private set; }

    /// <summary>Messages that found a mailbox full.</summary>
    public long Dropped { get; internal set; }

    /// <summary>True to fail a run during which the process's thread pool did any work.</summary>
    public bool GuardsThreadPool { get; init; }

    /// <summary>Whose turn it is; null outside of every machine.</summary>
    internal LoopProcess? Current { get; private set; }

    /// <summary>Runs an action in a turn of its own.</summary>
    public void Post(Action action)
    {
        ArgumentNullException.ThrowIfNull(action);
        Add(new Turn(action, null, FirstPost + ++_posts));
    }

    /// <summary>Throws unless the caller is on the loop's thread.</summary>
    /// <exception cref="DeterminismException">It is not; the loop will throw it, too.</exception>
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

    /// <summary>
    /// Sends a message and waits for an answer in virtual time. Akka's own ask uses the wall clock and the thread pool.
    /// </summary>
    /// <param name="target">Whom to ask.</param>
    /// <param name="message">What to ask.</param>
    /// <param name="limit">How long to wait.</param>
    /// <param name="isAnswer">What counts as an answer; everything else is progress and passed over.</param>
    /// <returns>Null if nobody answered in time; completed in the loop, outside of every actor.</returns>
    public Task<object?> Ask(IActorRef target, object message, TimeSpan limit, Func<object, bool> isAnswer)
    {
        ArgumentNullException.ThrowIfNull(target);
        var question = new Question(this, ((IInternalActorRef)target).Provider, limit, isAnswer);
        target.Tell(message, question);
        return question.Answer;
    }

    /// <summary>Runs code as if it were a turn of a process: what it starts belongs to that process.</summary>
    internal void Enter(LoopProcess process, Action action)
    {
        var before = Current;
        Current = process;
        try
        {
            action();
        }
        finally
        {
            Current = before;
        }
    }

    /// <summary>Fires an entry of a process's scheduler.</summary>
    internal void Fire(LoopProcess process, DueTimeScheduler.Due due)
    {
        Current = process;
        due.Fire();
        Current = null;
    }

    internal long NextQueue() => ++_queues;

    /// <summary>Lets a mailbox have a turn.</summary>
    /// <param name="work">The mailbox, or what else a dispatcher is given.</param>
    /// <param name="queue">The mailbox's messages; null if it is none.</param>
    internal void Schedule(IRunnable work, LoopQueue? queue) =>
        Add(new Turn(work, queue, queue?.Number ?? FirstPost + ++_posts));

    private static long ThreadPoolWork => ThreadPool.CompletedWorkItemCount + ThreadPool.PendingWorkItemCount;

    private void Add(Turn turn)
    {
        Time.Guard.Check();
        _isMixed |= _ready.Count > _sorted && turn.Order < _ready[^1].Order;
        _ready.Add(turn);
    }

    private void Loop(TimeSpan duration, Func<bool> isDone)
    {
        Time.Guard.Adopt();
        var context = SynchronizationContext.Current;
        var poolWork = ThreadPoolWork;
        SynchronizationContext.SetSynchronizationContext(null);
        var akkaRandom = AkkaRandom.Swap(_akkaRandom);
        try
        {
            var until = checked(Time.GetTimestamp() + duration.Ticks);
            while (!isDone() && Step(until))
                Time.Guard.ThrowIfViolated();
        }
        finally
        {
            Current = null;
            AkkaRandom.Swap(akkaRandom);
            SynchronizationContext.SetSynchronizationContext(context);
        }

        if (GuardsThreadPool && ThreadPoolWork != poolWork && !isDone())
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
        if (_isMixed)
            _ready.Sort(_sorted, _ready.Count - _sorted, null);
        _isMixed = false;
        var last = _ready.Count - 1;
        var index = _random.Next(_ready.Count);
        var turn = _ready[index];
        _ready[index] = _ready[last];
        _ready.RemoveAt(last);
        _sorted = last;
        Run(turn);
    }

    private void Run(Turn turn)
    {
        if (turn.Work is Action action)
        {
            action();
            return;
        }

        var process = turn.Queue?.Process;
        if (process is { IsCrashed: true })
            return;
        Current = process;
        ((IRunnable)turn.Work).Run();
        Current = null;
    }

    private readonly record struct Turn(object Work, LoopQueue? Queue, long Order) : IComparable<Turn>
    {
        public int CompareTo(Turn other) => Order.CompareTo(other.Order);
    }
}
