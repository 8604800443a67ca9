using NuCypher.P2P.ActorRuntime.Hosting;

namespace NuCypher.P2P.Simulator.Tests;

public sealed class JournalWitnessTests
{
    private readonly Simulation _simulation = new(new Scenario { Nodes = 1, Clients = 0, Policies = new PolicyLoad { Count = 0 } }, seed: 1);
    private readonly InMemoryJournal _journal = new();

    [Fact]
    public void Watch_SoundJournal_ReportsNothing()
    {
        var watched = Watch(_journal);

        Append(watched, 1, 2);
        Append(watched, 3);
        watched.Recover("actor", _ => { });
        watched.DeleteEntries("actor", 3, _ => { });
        watched.Forget("actor", _ => { });
        watched.Recover("actor", _ => { });
        Append(watched, 1);

        Assert.Empty(_simulation.Violations);
        Assert.Equal(4, _simulation.Tally["events acknowledged"]);
    }

    [Fact]
    public void Watch_ConflictingAppend_IsNoAcknowledgement()
    {
        var watched = Watch(_journal);

        Append(watched, 1);
        Append(watched, 1);

        Assert.Empty(_simulation.Violations);
    }

    [Fact]
    public void Watch_NumberLeftOut_IsReported()
    {
        var watched = Watch(new ObligingJournal());

        Append(watched, 1);
        Append(watched, 3);

        Assert.Equal("the numbers of an actor's events have no gap", Assert.Single(_simulation.Violations).Invariant);
    }

    [Fact]
    public void Watch_AcknowledgedEventIsNotReadBack_IsReported()
    {
        var watched = Watch(new ObligingJournal());

        Append(watched, 1);
        watched.Recover("actor", _ => { });

        Assert.Equal("what a journal acknowledged is read back", Assert.Single(_simulation.Violations).Invariant);
    }

    private IJournal Watch(IJournal journal) => new JournalWitness(_simulation, new SimulatedDisk(new VirtualTime(), new Seed(1))).Watch(journal, 0);

    private static void Append(IJournal journal, params long[] numbers) =>
        journal.Append("actor", [.. numbers.Select(number => new JournalEntry(number, "event", default))], _ => { });

    /// <summary>Says yes to everything and keeps nothing.</summary>
    private sealed class ObligingJournal : IJournal
    {
        public void Recover(string persistenceId, Action<JournalRecovery> completed) => completed(new JournalRecovery(null, 0, 0, [], null));

        public void Replay(string persistenceId, long afterSequenceNr, Action<IReadOnlyList<JournalEntry>, Exception?> completed) => completed([], null);

        public void Append(string persistenceId, IReadOnlyList<JournalEntry> entries, Action<Exception?> completed) => completed(null);

        public void DeleteEntries(string persistenceId, long toSequenceNr, Action<Exception?> completed) => completed(null);

        public void Forget(string persistenceId, Action<Exception?> completed) => completed(null);

        public void SaveSnapshot(string persistenceId, JournalSnapshot snapshot, Action<Exception?> completed) => completed(null);

        public void DeleteSnapshots(string persistenceId, long minSequenceNr, long maxSequenceNr, Action<Exception?> completed) => completed(null);

        public void ReadPersistenceIds(
            string prefix, string? after, int maxCount, Action<IReadOnlyList<string>, Exception?> completed) => completed([], null);
    }
}
