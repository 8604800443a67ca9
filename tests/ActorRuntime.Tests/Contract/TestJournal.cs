using NuCypher.P2P.ActorRuntime.Hosting;

namespace NuCypher.P2P.ActorRuntime.Tests.Contract;

/// <summary>A journal that tests can await, and close and open again.</summary>
internal sealed class TestJournal : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly string? _folder;

    public TestJournal(string kind, SqliteJournalOptions? options = null)
    {
        _folder = kind == "sqlite" ? Directory.CreateTempSubdirectory("journal-").FullName : null;
        Journal = _folder is null ? new InMemoryJournal() : SqliteJournal.Open(_folder, options);
    }

    public IJournal Journal { get; private set; }

    public static JournalEntry Entry(long sequenceNr, string text = "x") =>
        new(sequenceNr, "text/1", System.Text.Encoding.UTF8.GetBytes(text));

    public void Reopen()
    {
        if (_folder is null)
            return;
        ((SqliteJournal)Journal).Dispose();
        Journal = SqliteJournal.Open(_folder);
    }

    public JournalRecovery Recover(string id) => Await<JournalRecovery>(done => Journal.Recover(id, done));

    public long[] Replay(string id, long after) =>
        [.. AwaitList<JournalEntry>(done => Journal.Replay(id, after, done)).Select(entry => entry.SequenceNr)];

    public IReadOnlyList<string> Ids(string prefix, string? after = null, int maxCount = 100) =>
        AwaitList<string>(done => Journal.ReadPersistenceIds(prefix, after, maxCount, done));

    public Exception? Append(string id, params JournalEntry[] entries) =>
        Await<Exception?>(done => Journal.Append(id, entries, done));

    public Exception? DeleteEntries(string id, long to) => Await<Exception?>(done => Journal.DeleteEntries(id, to, done));

    public Exception? Forget(string id) => Await<Exception?>(done => Journal.Forget(id, done));

    public Exception? SaveSnapshot(string id, long sequenceNr, string text) => Await<Exception?>(done => Journal.SaveSnapshot(
        id, new JournalSnapshot(sequenceNr, DateTimeOffset.UnixEpoch, "text/1", System.Text.Encoding.UTF8.GetBytes(text)), done));

    public Exception? DeleteSnapshots(string id, long min, long max) =>
        Await<Exception?>(done => Journal.DeleteSnapshots(id, min, max, done));

    public void Dispose()
    {
        (Journal as IDisposable)?.Dispose();
        if (_folder is not null)
            Directory.Delete(_folder, recursive: true);
    }

    private static T Await<T>(Action<Action<T>> call)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        call(answer.SetResult);
        Assert.True(answer.Task.Wait(Limit), "The journal did not call back.");
        return answer.Task.Result;
    }

    private static IReadOnlyList<T> AwaitList<T>(Action<Action<IReadOnlyList<T>, Exception?>> call)
    {
        var (list, failure) = Await<(IReadOnlyList<T>, Exception?)>(done => call((items, error) => done((items, error))));
        Assert.Null(failure);
        return list;
    }
}
