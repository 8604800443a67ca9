using NuCypher.P2P.Actors.Journal;
using NuCypher.P2P.Simulator;

namespace NuCypher.P2P.Actors.Tests.Worlds;

/// <summary>Between a machine's processes and its disk: reads and writes can wait, deletions wait or fail.</summary>
internal sealed class GatedDisk
{
    private readonly Queue<Action> _reads = new();
    private readonly Queue<Action> _writes = new();
    private readonly Queue<Action> _deletions = new();

    public GatedDisk(OneMachine world)
    {
        world.Disk.Guard = (disk, _) => new Session(this, disk);
        world.Reboot(TimeSpan.Zero);
    }

    public bool FailsDeletions { get; set; }

    /// <summary>How many histories were ended at once, each time.</summary>
    public List<int> Ends { get; } = [];

    /// <summary>How many actors read their past.</summary>
    public int Recoveries { get; private set; }

    public bool HoldsReads
    {
        get;
        set => Release(field = value, _reads);
    }

    public bool HoldsWrites
    {
        get;
        set => Release(field = value, _writes);
    }

    public bool HoldsDeletions
    {
        get;
        set => Release(field = value, _deletions);
    }

    private static void RunOrHold(bool holds, Queue<Action> held, Action action)
    {
        if (holds)
            held.Enqueue(action);
        else
            action();
    }

    private static void Release(bool holds, Queue<Action> held)
    {
        while (!holds && held.TryDequeue(out var action))
            action();
    }

    private sealed class Session(GatedDisk gate, IDiskSession disk) : IDiskSession
    {
        public void Read(string id, Action<DiskHistory> completed)
        {
            gate.Recoveries++;
            RunOrHold(gate.HoldsReads, gate._reads, () => disk.Read(id, completed));
        }

        public void List(string prefix, string? after, int maxCount, Action<IReadOnlyList<StoredHistory>> completed) =>
            disk.List(prefix, after, maxCount, completed);

        public void Append(string id, IReadOnlyList<StoredEvent> events, Action<Exception?> completed) =>
            RunOrHold(gate.HoldsWrites, gate._writes, () => disk.Append(id, events, completed));

        public void Delete(string id, long toSequenceNr, Action<Exception?> completed)
        {
            if (gate.FailsDeletions)
                completed(new IOException("disk full"));
            else
                RunOrHold(gate.HoldsDeletions, gate._deletions, () => disk.Delete(id, toSequenceNr, completed));
        }

        public void Read(IReadOnlyList<string> ids, Action<IReadOnlyList<StoredHistory>> completed) =>
            RunOrHold(gate.HoldsReads, gate._reads, () => disk.Read(ids, completed));

        public void End(IReadOnlyList<HistoryEnd> ends, Action<Exception?> completed)
        {
            gate.Ends.Add(ends.Count);
            if (gate.FailsDeletions)
                completed(new IOException("disk full"));
            else
                RunOrHold(gate.HoldsWrites, gate._writes, () => disk.End(ends, completed));
        }

        public void Forget(string id, Action<Exception?> completed) => disk.Forget(id, completed);
    }
}
