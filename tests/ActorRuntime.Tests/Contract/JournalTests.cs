using System.Text;
using NuCypher.P2P.ActorRuntime.Hosting;

namespace NuCypher.P2P.ActorRuntime.Tests.Contract;

/// <summary>What every journal must do.</summary>
public sealed class JournalTests
{
    [Theory, OnEveryJournal]
    public void Recover_UnknownId_IsEmpty(string kind)
    {
        using var journal = new TestJournal(kind);

        var recovery = journal.Recover("nobody");

        Assert.Null(recovery.Failure);
        Assert.Null(recovery.Snapshot);
        Assert.Empty(recovery.Entries);
        Assert.Equal((0L, 0L), (recovery.DeletedTo, recovery.HighestSequenceNr));
    }

    [Theory, OnEveryJournal]
    public void Append_ThenReopen_EverythingIsThere(string kind)
    {
        using var journal = new TestJournal(kind);

        Assert.Null(journal.Append("a", TestJournal.Entry(1, "one"), TestJournal.Entry(2, "two")));
        Assert.Null(journal.Append("b", TestJournal.Entry(1, "other")));
        Assert.Null(journal.Append("a", TestJournal.Entry(3, string.Empty)));
        journal.Reopen();
        var recovery = journal.Recover("a");

        Assert.Equal(3, recovery.HighestSequenceNr);
        Assert.Equal(["one", "two", ""], recovery.Entries.Select(entry => Encoding.UTF8.GetString(entry.Payload.Span)));
        Assert.Equal([1, 2, 3], recovery.Entries.Select(entry => entry.SequenceNr));
        Assert.All(recovery.Entries, entry => Assert.Equal("text/1", entry.Manifest));
    }

    [Theory, OnEveryJournal]
    public void Append_NumberThatExists_IsAConflictAndWritesNothing(string kind)
    {
        using var journal = new TestJournal(kind);
        journal.Append("a", TestJournal.Entry(1), TestJournal.Entry(2));

        var failure = journal.Append("a", TestJournal.Entry(2, "late"), TestJournal.Entry(3, "late"));

        Assert.IsType<JournalConflictException>(failure);
        Assert.Equal([1, 2], journal.Replay("a", 0));
    }

    [Theory, OnEveryJournal]
    public void Append_NumberThatLeavesAGap_IsAConflictAndWritesNothing(string kind)
    {
        using var journal = new TestJournal(kind);
        journal.Append("a", TestJournal.Entry(1));

        Assert.IsType<JournalConflictException>(journal.Append("a", TestJournal.Entry(3)));
        Assert.IsType<JournalConflictException>(journal.Append("a", TestJournal.Entry(2), TestJournal.Entry(4)));
        Assert.Equal([1], journal.Replay("a", 0));
        Assert.Null(journal.Append("a", TestJournal.Entry(2)));
    }

    [Theory, OnEveryJournal]
    public void Append_ConflictAmongOthers_FailsAlone(string kind)
    {
        using var journal = new TestJournal(kind);
        var failures = new System.Collections.Concurrent.ConcurrentQueue<(string, Exception?)>();

        foreach (var (id, number) in new[] { ("a", 1L), ("b", 7L), ("c", 1L) })
            journal.Journal.Append(id, [TestJournal.Entry(number)], failure => failures.Enqueue((id, failure)));
        journal.Recover("c");

        Assert.Equal(["b"], failures.Where(pair => pair.Item2 is not null).Select(pair => pair.Item1));
        Assert.Equal([1], journal.Replay("a", 0));
        Assert.Equal([1], journal.Replay("c", 0));
    }

    [Theory, OnEveryJournal]
    public void Recover_WhileWritesWait_SeesThem(string kind)
    {
        using var journal = new TestJournal(kind);

        for (var i = 1; i <= 200; i++)
            journal.Journal.Append("a", [TestJournal.Entry(i)], _ => { });
        var recovery = journal.Recover("a");

        Assert.Equal(200, recovery.HighestSequenceNr);
    }

    [Theory, OnEveryJournal]
    public void Replay_MoreThanAPage_GoesOnWhereThePageEnded(string kind)
    {
        using var journal = new TestJournal(kind);
        journal.Append("a", [.. Enumerable.Range(1, 2500).Select(i => TestJournal.Entry(i))]);

        var read = journal.Recover("a").Entries.Select(entry => entry.SequenceNr).ToList();
        while (read.Count < 2500)
            read.AddRange(journal.Replay("a", read[^1]));

        Assert.Equal(Enumerable.Range(1, 2500).Select(i => (long)i), read);
        Assert.Empty(journal.Replay("a", 2500));
    }

    [Theory, OnEveryJournal]
    public void DeleteEntries_UpToANumber_KeepsTheRestAndTheNumbers(string kind)
    {
        using var journal = new TestJournal(kind);
        journal.Append("a", TestJournal.Entry(1), TestJournal.Entry(2), TestJournal.Entry(3));

        Assert.Null(journal.DeleteEntries("a", 2));
        journal.Reopen();
        var some = journal.Recover("a");
        Assert.Null(journal.DeleteEntries("a", long.MaxValue));
        journal.Reopen();
        var none = journal.Recover("a");

        Assert.Equal([3], some.Entries.Select(entry => entry.SequenceNr));
        Assert.Equal((2, 3), (some.DeletedTo, some.HighestSequenceNr));
        Assert.Empty(none.Entries);
        Assert.Equal((3, 3), (none.DeletedTo, none.HighestSequenceNr));
        Assert.IsType<JournalConflictException>(journal.Append("a", TestJournal.Entry(1)));
        Assert.Null(journal.Append("a", TestJournal.Entry(4)));
    }

    [Theory, OnEveryJournal]
    public void Forget_AnIdOfWhichNothingIsLeft_BeginsAnewAndOthersStay(string kind)
    {
        using var journal = new TestJournal(kind);
        journal.Append("gone", TestJournal.Entry(1));
        journal.Append("kept", TestJournal.Entry(1));
        journal.SaveSnapshot("snapshot", 1, "x");
        journal.DeleteEntries("gone", 1);

        Assert.All(["gone", "kept", "snapshot", "never written"], id => Assert.Null(journal.Forget(id)));
        journal.Reopen();

        Assert.Equal((0, 0), (journal.Recover("gone").DeletedTo, journal.Recover("gone").HighestSequenceNr));
        Assert.Null(journal.Append("gone", TestJournal.Entry(1)));
        Assert.Null(journal.Append("kept", TestJournal.Entry(2)));
        Assert.NotNull(journal.Recover("snapshot").Snapshot);
    }

    [Theory, OnEveryJournal]
    public void Recover_Snapshots_TheNewestAndTheEventsAfterIt(string kind)
    {
        using var journal = new TestJournal(kind);
        journal.Append("a", TestJournal.Entry(1), TestJournal.Entry(2), TestJournal.Entry(3));
        journal.SaveSnapshot("a", 1, "old");
        journal.SaveSnapshot("a", 2, "replaced");

        Assert.Null(journal.SaveSnapshot("a", 2, "new"));
        journal.Reopen();
        var recovery = journal.Recover("a");

        Assert.Equal("new", Encoding.UTF8.GetString(recovery.Snapshot!.Payload.Span));
        Assert.Equal((2L, DateTimeOffset.UnixEpoch), (recovery.Snapshot.SequenceNr, recovery.Snapshot.Timestamp));
        Assert.Equal([3], recovery.Entries.Select(entry => entry.SequenceNr));
    }

    [Theory, OnEveryJournal]
    public void DeleteSnapshots_Range_KeepsTheOthers(string kind)
    {
        using var journal = new TestJournal(kind);
        journal.Append("a", TestJournal.Entry(1), TestJournal.Entry(2), TestJournal.Entry(3));
        foreach (var number in new[] { 1, 2, 3 })
            journal.SaveSnapshot("a", number, "s");

        Assert.Null(journal.DeleteSnapshots("a", 2, 3));

        Assert.Equal(1, journal.Recover("a").Snapshot!.SequenceNr);
        Assert.Null(journal.DeleteSnapshots("a", 0, long.MaxValue));
        Assert.Null(journal.Recover("a").Snapshot);
    }

    [Theory, OnEveryJournal]
    public void ReadPersistenceIds_Prefix_InOrderPageByPageWithoutEmptyOnes(string kind)
    {
        using var journal = new TestJournal(kind);
        foreach (var id in new[] { "policy-b", "policy-a", "other", "policy-c", "policy-d" })
            journal.Append(id, TestJournal.Entry(1));
        journal.SaveSnapshot("policy-e", 0, "only a snapshot");
        journal.DeleteEntries("policy-c", 1);
        journal.Recover("policy-never-written");

        Assert.Equal(["policy-a", "policy-b", "policy-d", "policy-e"], journal.Ids("policy-"));
        Assert.Equal(["policy-a", "policy-b"], journal.Ids("policy-", maxCount: 2));
        Assert.Equal(["policy-d", "policy-e"], journal.Ids("policy-", after: "policy-b"));
        Assert.Equal(5, journal.Ids(string.Empty).Count);
    }
}
