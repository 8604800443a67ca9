namespace NuCypher.P2P.ActorRuntime.Hosting;

/// <summary>A clock that stands still until its dispatcher has nothing left to run, and then jumps to the next timer.</summary>
/// <remarks>Timers due at the same instant fire in the order in which they were started. One thread only.</remarks>
public sealed class VirtualTime : TimeProvider
{
    private const int MinTombstones = 1024;

    private readonly DateTimeOffset _start;
    private PriorityQueue<Entry, Moment> _entries = new();
    private long _now;
    private long _order;
    private int _tombstones;

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

    /// <summary>How many timers and actions wait, cancelled ones that were not yet removed included.</summary>
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
    /// <param name="driftPpm">How many microseconds it gains in a second; negative if it loses. Above -1,000,000.</param>
    public TimeProvider CreateClock(TimeSpan offset, int driftPpm)
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
            if (entry.IsTombstone(moment.Order))
            {
                _tombstones--;
                continue;
            }

            _now = moment.Ticks;
            entry.Fire();
            return true;
        }

        _now = Math.Max(_now, until);
        return false;
    }

    /// <returns>The place of the entry among all, which never comes again.</returns>
    internal long Enqueue(TimeSpan delay, object target)
    {
        Guard.Check();
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        _entries.Enqueue(new Entry(target), new Moment(checked(_now + delay.Ticks), ++_order));
        return _order;
    }

    /// <summary>An entry will find out that it was cancelled; half a heap of those is swept.</summary>
    internal void CountTombstone()
    {
        Guard.Check();
        if (++_tombstones < MinTombstones || _tombstones < _entries.Count / 2)
            return;
        _entries = new PriorityQueue<Entry, Moment>(
            _entries.UnorderedItems.Where(item => !item.Element.IsTombstone(item.Priority.Order)));
        _tombstones = 0;
    }

    private readonly record struct Entry(object Target)
    {
        public bool IsTombstone(long order) => Target is VirtualTimer timer && !timer.IsDue(order);

        public void Fire()
        {
            if (Target is VirtualTimer timer)
                timer.Fire();
            else
                ((Action)Target)();
        }
    }

    private readonly record struct Moment(long Ticks, long Order) : IComparable<Moment>
    {
        public int CompareTo(Moment other) =>
            Ticks != other.Ticks ? Ticks.CompareTo(other.Ticks) : Order.CompareTo(other.Order);
    }
}
