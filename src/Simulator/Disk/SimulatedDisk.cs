namespace NuCypher.P2P.Simulator;

/// <summary>
/// One machine's disk with the journal on it: outlives the processes that open it, and loses what a real one would
/// lose.
/// </summary>
/// <remarks>
/// As in the database that production uses, everything that waits goes into one transaction, which becomes durable as a
/// whole or not at all; the transactions of one disk follow each other. A power cut takes what waits; of the
/// transaction under way, chance decides.
/// </remarks>
public sealed class SimulatedDisk
{
    private readonly VirtualTime _time;
    private readonly Seed _seed;
    private List<DiskWrite> _waiting = [];
    private List<DiskWrite>? _underWay;
    private long _powerCuts;

    /// <summary>An empty disk.</summary>
    public SimulatedDisk(VirtualTime time, Seed seed) => (_time, _seed) = (time, seed);

    /// <summary>How well it works.</summary>
    public DiskConditions Conditions { get; set; } = DiskConditions.Sound;

    /// <summary>What it did and suffered.</summary>
    public DiskCounters Counters => field ??= new();

    /// <summary>What is durable now; for checks from outside.</summary>
    public DiskContents Durable => field ??= new();

    /// <summary>Called at chosen moments of a write, so that a crash can be planted there.</summary>
    public Action<DiskMoment>? Reached { get; set; }

    /// <summary>
    /// What stands between a process and its journal: a witness, or a bug that a test plants. Gets the process's
    /// number.
    /// </summary>
    internal Func<IDiskSession, long, IDiskSession> Guard { get; set; } = static (session, _) => session;

    /// <summary>The number of the process that opened it last; earlier ones are fenced out.</summary>
    internal long Epoch { get; private set; }

    /// <summary>Made when first needed: most disks of a large world are never written to.</summary>
    private Random Random => field ??= _seed.NewRandom();

    /// <summary>Opens the journal for a process, and takes it from every earlier one.</summary>
    public IDiskSession Open() => Guard(new DiskSession(this, ++Epoch), Epoch);

    /// <summary>Cuts the power: what was not durable is gone. Whoever waits for an answer gets none.</summary>
    public void CutPower()
    {
        _powerCuts++;
        Counters.LostUnsynced += _waiting.Count;
        _waiting.Clear();
        if (_underWay is not { } torn)
            return;
        _underWay = null;
        if (Random.Next(2) == 0)
        {
            Counters.Torn++;
            return;
        }

        Counters.Untold++;
        foreach (var write in torn)
            write.Commit(Durable);
    }

    internal void Add(DiskWrite write)
    {
        if (Conditions.AcknowledgesEarly && write.ChangesDisk)
            _time.Schedule(TimeSpan.Zero, write.AcknowledgeEarly);
        _waiting.Add(write);
        Reached?.Invoke(DiskMoment.Waiting);
        BeginTransaction();
    }

    private void BeginTransaction()
    {
        if (_underWay is not null || _waiting.Count == 0)
            return;
        (_underWay, _waiting) = (_waiting, []);
        var powerCuts = _powerCuts;
        _time.Schedule(DrawLatency(), () =>
        {
            if (powerCuts == _powerCuts)
                EndTransaction();
        });
    }

    private TimeSpan DrawLatency()
    {
        var (min, max) = (Conditions.MinLatency.Ticks, Conditions.MaxLatency.Ticks);
        return new TimeSpan(min + Random.NextInt64(Math.Max(0, max - min) + 1));
    }

    private void EndTransaction()
    {
        Reached?.Invoke(DiskMoment.BeforeCommit);
        if (_underWay is not { } writes)
            return;
        _underWay = null;
        Counters.Transactions++;
        var failure = DrawFailure(out var isApplied);
        foreach (var write in writes)
            End(write, write.ChangesDisk ? failure : null, isApplied);
        BeginTransaction();
        Reached?.Invoke(DiskMoment.Acknowledged);
    }

    private IOException? DrawFailure(out bool isApplied)
    {
        isApplied = !Conditions.IsFull && Conditions.UnknownOutcome.Draw(Random);
        if (!isApplied && !Conditions.IsFull && !Conditions.Failure.Draw(Random))
            return null;
        Counters.Failures++;
        return new IOException(Conditions.IsFull ? "The simulated disk is full." : "The simulated disk failed.");
    }

    private void End(DiskWrite write, IOException? failure, bool isApplied)
    {
        if (write.ChangesDisk && write.Epoch != Epoch && !Conditions.HasNoFence)
        {
            Counters.Fenced++;
            write.Fail(new DiskConflictException("Another process opened the journal."));
        }
        else if (failure is null)
        {
            Counters.Events += write.EventCount;
            write.CommitAndAnswer(Durable);
        }
        else
        {
            if (isApplied)
                write.Commit(Durable);
            write.Fail(failure);
        }
    }
}
