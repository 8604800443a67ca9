namespace NuCypher.P2P.Dht;

/// <summary>
/// What the core wants to do later, in order of time, then of request; the caller says what time it is.
/// </summary>
internal sealed class Timeline
{
    private const int RoomForCancelled = 64;
    private const int SmallRoom = 16;
    private const int ShrinkBelow = 4;

    private readonly PriorityQueue<Deadline, (long Ticks, long Order)> _queue = new();
    private long _order;
    private int _cancelled;

    /// <summary>What the caller's clock shows: for what others wrote down.</summary>
    public DateTimeOffset Clock { get; private set; }

    /// <summary>
    /// What ended up to then has ended for certain: what the clock shows, unless the caller doubts it.
    /// </summary>
    public DateTimeOffset Over => Doubted ?? Clock;

    /// <summary>What the caller is certain of; null: he believes his clock.</summary>
    public DateTimeOffset? Doubted { get; set; }

    /// <summary>A time that never runs backwards: for deadlines and for measuring.</summary>
    public DateTimeOffset Now { get; private set; }

    /// <summary>When the next deadline comes, if any.</summary>
    public DateTimeOffset? Next
    {
        get
        {
            DropCancelled();
            return _queue.TryPeek(out _, out var at) ? new DateTimeOffset(at.Ticks, TimeSpan.Zero) : null;
        }
    }

    /// <summary>Deadlines that have not come, without the cancelled ones.</summary>
    public int Count => _queue.Count - _cancelled;

    /// <summary>Deadlines for which there is room.</summary>
    public int Capacity => _queue.Capacity;

    /// <summary>Takes the time of the next input; a clock that was set back stands still meanwhile.</summary>
    public void Advance(DateTimeOffset clock)
    {
        if (Clock == default)
            Now = clock;
        else if (clock > Clock)
            Now += clock - Clock;
        Clock = clock;
    }

    public Deadline After(TimeSpan delay, Action action) => After(delay, new Deferred(action));

    public Deadline After(TimeSpan delay, Deadline deadline)
    {
        _queue.Enqueue(deadline, ((Now + delay).UtcTicks, _order++));
        return deadline;
    }

    public void Cancel(Deadline deadline)
    {
        if (!deadline.TryEnd())
            return;
        deadline.Drop();
        _cancelled++;
        if (_cancelled > RoomForCancelled && _cancelled > _queue.Count / 2)
            Rebuild();
    }

    /// <summary>Runs everything whose time has come.</summary>
    public void RunDue()
    {
        while (Next <= Now)
        {
            var deadline = _queue.Dequeue();
            deadline.TryEnd();
            deadline.Reach();
        }
    }

    /// <summary>Cancels everything.</summary>
    public void Clear()
    {
        foreach (var (deadline, _) in _queue.UnorderedItems)
            deadline.TryEnd();
        _queue.Clear();
        _cancelled = 0;
    }

    private void DropCancelled()
    {
        while (_queue.TryPeek(out var deadline, out _) && deadline.IsOver)
        {
            _queue.Dequeue();
            _cancelled--;
        }
        if (_queue.Capacity > SmallRoom && _queue.Count < _queue.Capacity / ShrinkBelow)
            _queue.TrimExcess();
    }

    private void Rebuild()
    {
        var kept = _queue.UnorderedItems.Where(item => !item.Element.IsOver).ToArray();
        _queue.Clear();
        _cancelled = 0;
        _queue.EnqueueRange(kept);
    }

    /// <summary>One thing to do later.</summary>
    internal abstract class Deadline
    {
        /// <summary>Whether it was reached or cancelled.</summary>
        public bool IsOver { get; private set; }

        /// <summary>Does what was to be done; called at most once.</summary>
        public abstract void Reach();

        /// <summary>False if it was over before.</summary>
        public bool TryEnd()
        {
            var wasOver = IsOver;
            IsOver = true;
            return !wasOver;
        }

        /// <summary>Lets go of what it held: a cancelled one may stay in the queue for a while.</summary>
        public virtual void Drop()
        {
        }
    }

    private sealed class Deferred(Action action) : Deadline
    {
        private Action? _action = action;

        public override void Reach() => _action!();

        public override void Drop() => _action = null;
    }
}
