using Akka.Configuration;

namespace NuCypher.P2P.Actors.Scheduling;

/// <summary>
/// A node's scheduler: one thread that sleeps until the next entry is due, so that an idle node uses no processor.
/// </summary>
/// <remarks>
/// Akka's own wheel ticks a hundred times a second, and refuses to tick faster. This one is at most a millisecond late.
/// </remarks>
public sealed class NodeScheduler : DueTimeScheduler, IDisposable
{
    private const int SweepFrom = 1024;

    private readonly Lock _lock = new();
    private readonly AutoResetEvent _earlier = new(false);
    private readonly Thread _thread;
    private PriorityQueue<Due, (long At, long Order)> _entries = new();
    private long _order;
    private int _sweepAt = SweepFrom;
    private volatile bool _isDisposed;

    /// <summary>Made by Akka.</summary>
    public NodeScheduler(Config scheduler, ILoggingAdapter log)
        : base(scheduler, log)
    {
        _thread = new Thread(Run) { IsBackground = true, Name = "scheduler" };
        _thread.Start();
    }

    /// <summary>
    /// What the wall clock and the monotonic clock show; the system's, but where a test sets them. Due times go by the
    /// system's.
    /// </summary>
    public TimeProvider Clock { get; set; } = TimeProvider.System;

    /// <inheritdoc/>
    public override TimeSpan MonotonicClock => Clock.GetElapsedTime(0);

    /// <summary>Entries that wait, cancelled ones that were not yet swept included.</summary>
    public int PendingCount
    {
        get
        {
            lock (_lock)
                return _entries.Count;
        }
    }

    /// <inheritdoc/>
    protected override DateTimeOffset TimeNow => Clock.GetUtcNow();

    /// <summary>Ends the thread; what waits never fires.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        _earlier.Set();
        if (Thread.CurrentThread != _thread)
            _thread.Join();
    }

    /// <inheritdoc/>
    protected override void Add(TimeSpan delay, Due due)
    {
        var at = Ticks + delay.Ticks;
        lock (_lock)
        {
            if (_isDisposed)
                return;
            _entries.Enqueue(due, (at, ++_order));
            Sweep();
            if (ReferenceEquals(_entries.Peek(), due))
                _earlier.Set();
        }
    }

    private static long Ticks => TimeProvider.System.GetElapsedTime(0).Ticks;

    private void Run()
    {
        while (!_isDisposed)
        {
            if (TakeDue(out var wait) is { } due)
                Fire(due);
            else
                _earlier.WaitOne(wait);
        }
    }

    private Due? TakeDue(out TimeSpan wait)
    {
        wait = Timeout.InfiniteTimeSpan;
        lock (_lock)
        {
            if (!_entries.TryPeek(out _, out var next))
                return null;
            var left = next.At - Ticks;
            if (left <= 0)
                return _entries.Dequeue();
            // A wait has whole milliseconds: rounded up, so that it ends when the entry is due, at most a millisecond
            // late.
            wait = TimeSpan.FromMilliseconds(Math.Min((left / TimeSpan.TicksPerMillisecond) + 1, int.MaxValue - 1));
            return null;
        }
    }

    private void Fire(Due due)
    {
        try
        {
            due.Fire();
        }
#pragma warning disable CA1031 // An entry that fails must not take all others with it.
        catch (Exception cause)
#pragma warning restore CA1031
        {
            Log.Error(cause, "Something scheduled failed.");
        }
    }

    /// <summary>
    /// Akka's cancelables don't say when they are cancelled: what has doubled since the last sweep is swept.
    /// </summary>
    private void Sweep()
    {
        if (_entries.Count < _sweepAt)
            return;
        _entries = new(_entries.UnorderedItems.Where(item => !item.Element.IsCancelled));
        _sweepAt = Math.Max(SweepFrom, 2 * _entries.Count);
    }
}
