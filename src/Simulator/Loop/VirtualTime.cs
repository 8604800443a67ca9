using NuCypher.P2P.Actors.Scheduling;

namespace NuCypher.P2P.Simulator;

/// <summary>
/// A clock that stands still until its loop has nothing left to run, and then jumps to the next timer.
/// </summary>
/// <remarks>Timers due at the same instant fire in the order in which they were started. One thread only.</remarks>
public sealed class VirtualTime : TimeProvider
{
    private const int SweepFrom = 1024;

    private readonly DateTimeOffset _start;
    private PriorityQueue<Entry, Moment> _entries = new();
    private long _now;
    private long _order;
    private int _sweepAt = SweepFrom;
    private int _crashes;

    /// <summary>A clock that begins at the start of the year 2030, UTC.</summary>
    public VirtualTime()
        : this(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero))
    {
    }

    /// <summary>A clock that begins at a given time.</summary>
    public VirtualTime(DateTimeOffset start) => _start = start;

    /// <summary>The time since the beginning.</summary>
    public TimeSpan Elapsed => new(_now);

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>How many timers and actions wait, cancelled ones that were not yet swept included.</summary>
    public int PendingCount => _entries.Count;

    internal ThreadGuard Guard { get; } = new();

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => _start.AddTicks(_now);

    /// <inheritdoc/>
    public override long GetTimestamp() => _now;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new VirtualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Runs an action after a delay: a packet that arrives, a fault that begins.</summary>
    public void Schedule(TimeSpan delay, Action action) => Enqueue(delay, action);

    /// <summary>The clock of one machine over this time.</summary>
    /// <param name="offset">How far it is ahead at the beginning; negative if it is behind.</param>
    /// <param name="driftPpm">How many microseconds it gains in a second; negative if it loses. Above
    /// -1,000,000.</param>
    public VirtualClock CreateClock(TimeSpan offset, int driftPpm)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(driftPpm, -VirtualClock.Million);
        return new VirtualClock(this, offset, driftPpm);
    }

    /// <summary>Jumps to the next event and lets it happen.</summary>
    /// <returns>False if there is none up to then; the clock stands at that limit.</returns>
    internal bool TryAdvance(long until)
    {
        while (_entries.TryPeek(out var entry, out var moment) && moment.Ticks <= until)
        {
            _entries.Dequeue();
            if (entry.IsOver(moment.Order))
                continue;
            _now = moment.Ticks;
            entry.Fire();
            return true;
        }

        _now = Math.Max(_now, until);
        return false;
    }

    /// <summary>Takes an entry that is to fire after a delay.</summary>
    /// <param name="delay">Not negative.</param>
    /// <param name="target">A timer, a scheduler's entry, or an action.</param>
    /// <param name="process">Whose; if that crashes it never fires. Null: the world's.</param>
    /// <returns>The place of the entry among all, which never comes again.</returns>
    internal long Enqueue(TimeSpan delay, object target, LoopProcess? process = null)
    {
        Guard.Check();
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        if (_entries.Count >= _sweepAt)
            Sweep();
        _entries.Enqueue(new Entry(target, process), new Moment(checked(_now + delay.Ticks), ++_order));
        return _order;
    }

    /// <summary>
    /// A process crashed, whose entries hold all its actors: a sweep may cost as much as so many entries for each.
    /// </summary>
    internal void CountCrash()
    {
        if (++_crashes * SweepFrom >= _entries.Count)
            Sweep();
    }

    /// <summary>Nothing tells the clock what was cancelled: what has doubled since the last sweep is swept.</summary>
    private void Sweep()
    {
        _crashes = 0;
        _entries = new PriorityQueue<Entry, Moment>(
            _entries.UnorderedItems.Where(item => !item.Element.IsOver(item.Priority.Order)));
        _sweepAt = Math.Max(SweepFrom, 2 * _entries.Count);
    }

    private readonly record struct Entry(object Target, LoopProcess? Process)
    {
        public bool IsOver(long order) => Process is { IsCrashed: true } || Target switch
        {
            DueTimeScheduler.Due due => due.IsCancelled,
            VirtualTimer timer => !timer.IsDue(order),
            _ => false,
        };

        public void Fire()
        {
            if (Target is Action action)
                action();
            else if (Target is VirtualTimer timer)
                timer.Fire();
            else if (Process is not null)
                Process.Fire((DueTimeScheduler.Due)Target);
            else
                ((DueTimeScheduler.Due)Target).Fire();
        }
    }

    private readonly record struct Moment(long Ticks, long Order) : IComparable<Moment>
    {
        public int CompareTo(Moment other) =>
            Ticks != other.Ticks ? Ticks.CompareTo(other.Ticks) : Order.CompareTo(other.Order);
    }
}
