namespace NuCypher.P2P.Dht;

/// <summary>What the core wants to do later, in order of time, then of request; the caller says what time it is.</summary>
internal sealed class Timeline
{
    private const int RoomForCancelled = 64;

    private readonly PriorityQueue<Deadline, (long Ticks, long Order)> _queue = new();
    private long _order;
    private int _cancelled;

    /// <summary>What the caller's clock shows: for what others wrote down.</summary>
    public DateTimeOffset Clock { get; private set; }

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

    /// <summary>Takes the time of the next input; a clock that was set back stands still meanwhile.</summary>
    public void Advance(DateTimeOffset clock)
    {
        if (Clock == default)
            Now = clock;
        else if (clock > Clock)
            Now += clock - Clock;
        Clock = clock;
    }

    public Deadline After(TimeSpan delay, Action action)
    {
        var deadline = new Deadline(action);
        _queue.Enqueue(deadline, ((Now + delay).UtcTicks, _order++));
        return deadline;
    }

    public void Cancel(Deadline deadline)
    {
        if (deadline.Action is null)
            return;
        deadline.Action = null;
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
            var action = deadline.Action;
            deadline.Action = null;
            action?.Invoke();
        }
    }

    /// <summary>Cancels everything.</summary>
    public void Clear()
    {
        foreach (var (deadline, _) in _queue.UnorderedItems)
            deadline.Action = null;
        _queue.Clear();
        _cancelled = 0;
    }

    private void DropCancelled()
    {
        while (_queue.TryPeek(out var deadline, out _) && deadline.Action is null)
        {
            _queue.Dequeue();
            _cancelled--;
        }
    }

    private void Rebuild()
    {
        var kept = _queue.UnorderedItems.Where(item => item.Element.Action is not null).ToArray();
        _queue.Clear();
        _cancelled = 0;
        _queue.EnqueueRange(kept);
    }

    /// <summary>One thing to do later; without action when done or cancelled.</summary>
    internal sealed class Deadline(Action action)
    {
        public Action? Action { get; set; } = action;
    }
}
