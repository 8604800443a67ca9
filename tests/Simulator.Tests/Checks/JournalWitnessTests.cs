using NuCypher.P2P.Actors.Journal;

namespace NuCypher.P2P.Simulator.Tests;

public sealed class JournalWitnessTests
{
    private readonly RunContext _run =
        new Simulation(
            new Scenario { Nodes = 1, Clients = 0, Policies = new PolicyLoad { Count = 0 } }, seed: 1).Context;

    [Fact]
    public void Watch_SoundDisk_ReportsNothing()
    {
        var watched = Watch(new SoundSession());

        Append(watched, 1, 2);
        Append(watched, 3);
        watched.Read("actor", _ => { });
        watched.Delete("actor", 3, _ => { });
        watched.Forget("actor", _ => { });
        watched.Read("actor", _ => { });
        Append(watched, 1);

        Assert.Empty(_run.Violations);
        Assert.Equal(4, _run.Tally["events acknowledged"]);
    }

    [Fact]
    public void Watch_HistoriesThatEnd_GoOnAfterTheTombstoneOrBeginAnew()
    {
        var watched = Watch(new SoundSession());

        Append(watched, 1, 2);
        watched.End([new HistoryEnd("actor", 2, new StoredEvent(3, "tombstone", default))], _ => { });
        Append(watched, 4);
        watched.End([new HistoryEnd("actor", 4, null)], _ => { });
        Append(watched, 1);

        Assert.Empty(_run.Violations);
        Assert.Equal(5, _run.Tally["events acknowledged"]);
    }

    [Fact]
    public void Watch_ConflictingAppend_IsNoAcknowledgement()
    {
        var watched = Watch(new SoundSession());

        Append(watched, 1);
        Append(watched, 1);

        Assert.Empty(_run.Violations);
    }

    [Fact]
    public void Watch_NumberLeftOut_IsReported()
    {
        var watched = Watch(new ObligingSession());

        Append(watched, 1);
        Append(watched, 3);

        Assert.Equal("the numbers of an actor's events have no gap", Assert.Single(_run.Violations).Invariant);
    }

    [Fact]
    public void Watch_AcknowledgedEventIsNotReadBack_IsReported()
    {
        var watched = Watch(new ObligingSession());

        Append(watched, 1);
        watched.Read("actor", _ => { });

        Assert.Equal("what a journal acknowledged is read back", Assert.Single(_run.Violations).Invariant);
    }

    private IDiskSession Watch(IDiskSession session) =>
        new JournalWitness(_run, new SimulatedDisk(new VirtualTime(), new Seed(1))).Watch(session, 0);

    private static void Append(IDiskSession session, params long[] numbers) =>
        session.Append("actor", [.. numbers.Select(number => new StoredEvent(number, "event", default))], _ => { });

    /// <summary>Durable at once.</summary>
    private sealed class SoundSession : IDiskSession
    {
        private readonly DiskContents _contents = new();

        public void Read(string id, Action<DiskHistory> completed) => completed(_contents.Read(id));

        public void List(string prefix, string? after, int maxCount, Action<IReadOnlyList<StoredHistory>> completed) =>
            completed(_contents.List(prefix, after, maxCount));

        public void Read(IReadOnlyList<string> ids, Action<IReadOnlyList<StoredHistory>> completed) =>
            completed(_contents.List(ids));

        public void End(IReadOnlyList<HistoryEnd> ends, Action<Exception?> completed) =>
            completed(_contents.End(ends));

        public void Append(string id, IReadOnlyList<StoredEvent> events, Action<Exception?> completed) =>
            completed(_contents.Append(id, events));

        public void Delete(string id, long toSequenceNr, Action<Exception?> completed)
        {
            _contents.Delete(id, toSequenceNr);
            completed(null);
        }

        public void Forget(string id, Action<Exception?> completed)
        {
            _contents.Forget(id);
            completed(null);
        }
    }

    /// <summary>Says yes to everything and keeps nothing.</summary>
    private sealed class ObligingSession : IDiskSession
    {
        public void Read(string id, Action<DiskHistory> completed) => completed(DiskHistory.Empty);

        public void List(string prefix, string? after, int maxCount, Action<IReadOnlyList<StoredHistory>> completed) =>
            completed([]);

        public void Read(IReadOnlyList<string> ids, Action<IReadOnlyList<StoredHistory>> completed) => completed([]);

        public void End(IReadOnlyList<HistoryEnd> ends, Action<Exception?> completed) => completed(null);

        public void Append(string id, IReadOnlyList<StoredEvent> events, Action<Exception?> completed) =>
            completed(null);

        public void Delete(string id, long toSequenceNr, Action<Exception?> completed) => completed(null);

        public void Forget(string id, Action<Exception?> completed) => completed(null);
    }
}
