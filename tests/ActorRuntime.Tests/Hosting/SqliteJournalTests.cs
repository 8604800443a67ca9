using System.Text;
using Microsoft.Data.Sqlite;
using NuCypher.P2P.ActorRuntime.Hosting;
using NuCypher.P2P.ActorRuntime.Tests.Contract;

namespace NuCypher.P2P.ActorRuntime.Tests.Hosting;

public sealed class SqliteJournalTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("journal-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Open_FolderInUse_SaysWhichFolder()
    {
        using var first = SqliteJournal.Open(_folder);

        var exception = Assert.Throws<JournalLockedException>(() => SqliteJournal.Open(_folder));

        Assert.Equal(_folder, exception.Folder);
        Assert.Contains(_folder, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_AfterClose_HasAHigherEpoch()
    {
        long before;
        using (var journal = SqliteJournal.Open(_folder))
            before = journal.Epoch;

        using var next = SqliteJournal.Open(_folder);

        Assert.Equal(before + 1, next.Epoch);
    }

    [Fact]
    public void Open_FileThatIsNoDatabase_SaysSoAndCanBeTriedAgain()
    {
        var file = Path.Combine(_folder, "journal.db");
        File.WriteAllText(file, new string('x', 5000));

        Assert.Throws<JournalUnusableException>(() => SqliteJournal.Open(_folder));
        File.Delete(file);

        SqliteJournal.Open(_folder).Dispose();
    }

    [Fact]
    public void Open_FolderThatIsAFile_SaysSo()
    {
        var file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "x");

        Assert.Equal(file, Assert.Throws<JournalUnusableException>(() => SqliteJournal.Open(file)).Folder);
    }

    [Fact]
    public void Open_NewerVersion_IsRefused()
    {
        SqliteJournal.Open(_folder).Dispose();
        Tamper("pragma user_version = 99");

        Assert.Throws<JournalUnusableException>(() => SqliteJournal.Open(_folder));
    }

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public void Files_OnUnix_AreForTheOwnerOnly()
    {
        using var journal = SqliteJournal.Open(_folder);
        Append(journal, "a", 1, 1);

        Assert.All(Directory.GetFiles(_folder), file =>
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
    }

    [Fact]
    public void Append_AfterANewOwnerTookOver_IsFenced()
    {
        using var journal = SqliteJournal.Open(_folder);
        Append(journal, "a", 1, 1);
        Tamper("update ownership set epoch = epoch + 1");

        var failure = Append(journal, "a", 2, 1);

        Assert.IsType<JournalFencedException>(failure);
        Assert.Equal(1L, Count("event"));
    }

    [Fact]
    public void Append_TransactionFails_WritesNothingAndTheNextOneWorks()
    {
        using var journal = SqliteJournal.Open(_folder);
        Append(journal, "a", 1, 1);
        Tamper("create trigger fault before insert on event when new.sequence_nr = 3 begin select raise(abort, 'fault'); end");

        Assert.IsType<SqliteException>(Append(journal, "a", 2, 2));
        Assert.IsType<SqliteException>(Append(journal, "new", 1, 3));
        Tamper("drop trigger fault");

        Assert.Equal(1L, Count("event"));
        Assert.Null(Append(journal, "a", 2, 2));
        Assert.Null(Append(journal, "new", 1, 3));
        Assert.Equal(6L, Count("event"));
    }

    [Fact]
    public void Recover_SnapshotWithADamagedTime_FailsAndTheNextOneWorks()
    {
        using var journal = SqliteJournal.Open(_folder);
        using var saved = new ManualResetEventSlim();
        journal.SaveSnapshot("a", new JournalSnapshot(1, DateTimeOffset.UnixEpoch, "m", new byte[1]), _ => saved.Set());
        Assert.True(saved.Wait(TimeSpan.FromSeconds(30)));
        Tamper("update snapshot set timestamp = -1");

        var (damaged, other) = (Recover(journal, "a"), Recover(journal, "b"));

        Assert.NotNull(damaged.Failure);
        Assert.Null(other.Failure);
    }

    [Fact]
    public void Dispose_LogThatCannotBeEmptied_StillLetsOthersIn()
    {
        var journal = SqliteJournal.Open(_folder);
        Append(journal, "a", 1, 10);
        using (var log = new FileStream(Path.Combine(_folder, "journal.db-wal"), FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
            log.SetLength(0);

        journal.Dispose();
        var again = Record.Exception(() => SqliteJournal.Open(_folder).Dispose());

        Assert.IsNotType<JournalLockedException>(again);
    }

    [Fact]
    public void Append_ManyAtOnce_ShareATransaction()
    {
        using var gate = new ManualResetEventSlim();
        using var entered = new ManualResetEventSlim();
        using var done = new CountdownEvent(1000);
        using var journal = SqliteJournal.Open(_folder);
        journal.Append("gate", [TestJournal.Entry(1)], _ =>
        {
            entered.Set();
            gate.Wait();
        });
        Assert.True(entered.Wait(TimeSpan.FromSeconds(30)));

        for (var i = 0; i < 1000; i++)
            journal.Append(FormattableString.Invariant($"actor-{i}"), [TestJournal.Entry(1)], _ => done.Signal());
        gate.Set();

        Assert.True(done.Wait(TimeSpan.FromSeconds(30)));
        Assert.Equal((2, 1001), (journal.CommitCount, journal.OperationCount));
    }

    [Fact]
    public void Append_MoreThanMayWait_IsRefused()
    {
        using var gate = new ManualResetEventSlim();
        using var entered = new ManualResetEventSlim();
        using var journal = SqliteJournal.Open(_folder, new SqliteJournalOptions { MaxPending = 10 });
        journal.Append("gate", [TestJournal.Entry(1)], _ =>
        {
            entered.Set();
            gate.Wait();
        });
        Assert.True(entered.Wait(TimeSpan.FromSeconds(30)));

        var refused = 0;
        for (var i = 0; i < 15; i++)
        {
            journal.Append(FormattableString.Invariant($"a{i}"), [TestJournal.Entry(1)], failure =>
                Interlocked.Add(ref refused, failure is JournalOverflowException ? 1 : 0));
        }

        var refusedAtOnce = Volatile.Read(ref refused);
        gate.Set();
        Assert.Equal(5, refusedAtOnce);
    }

    [Fact]
    public void Calls_AfterDispose_FailAndCallBack()
    {
        var journal = SqliteJournal.Open(_folder);
        journal.Dispose();

        Assert.IsType<ObjectDisposedException>(Append(journal, "a", 1, 1));
        JournalRecovery? recovery = null;
        journal.Recover("a", result => recovery = result);
        Assert.IsType<ObjectDisposedException>(recovery!.Failure);
    }

    [Theory, InlineData(false), InlineData(true)]
    public void Delete_AfterTheCheckpoint_NoFileHoldsTheBytes(bool closes)
    {
        var secrets = Enumerable.Range(0, 50)
            .Select(i => (Id: FormattableString.Invariant($"id{i}"), Secret: FormattableString.Invariant($"-secret-{i}-") + new string('s', i * 200)))
            .ToList();
        var options = new SqliteJournalOptions { CheckpointDelay = closes ? TimeSpan.FromHours(1) : TimeSpan.FromMilliseconds(1) };
        using var done = new CountdownEvent(4 * secrets.Count);
        using var journal = SqliteJournal.Open(_folder, options);
        foreach (var (id, secret) in secrets)
        {
            journal.Append(id, [TestJournal.Entry(1, secret)], _ => done.Signal());
            journal.SaveSnapshot(id, Snapshot(secret), _ => done.Signal());
        }

        SpinWait.SpinUntil(() => done.CurrentCount == 2 * secrets.Count, TimeSpan.FromSeconds(30));
        Assert.True(FilesContain("-secret-7-s"), "The bytes were never there.");
        foreach (var (id, secret) in secrets)
        {
            journal.DeleteEntries(id, 1, _ => done.Signal());
            journal.DeleteSnapshots(id, 0, 1, _ => done.Signal());
        }

        Assert.True(done.Wait(TimeSpan.FromSeconds(30)));
        if (closes)
            journal.Dispose();
        Assert.True(SpinWait.SpinUntil(() => !FilesContain("-secret-7-s") && !FilesContain("ssssssss"), TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public void Recover_TenThousandEntities_AreAllThere()
    {
        const int Entities = 10_000;
        using var written = new CountdownEvent(Entities);
        using (var writing = SqliteJournal.Open(_folder))
        {
            for (var i = 0; i < Entities; i++)
            {
                writing.Append(FormattableString.Invariant($"p{i}"), [TestJournal.Entry(1), TestJournal.Entry(2)], failure =>
                {
                    Assert.Null(failure);
                    written.Signal();
                });
            }

            Assert.True(written.Wait(TimeSpan.FromSeconds(60)));
        }

        using var recovered = new CountdownEvent(Entities);
        using var journal = SqliteJournal.Open(_folder);
        for (var i = 0; i < Entities; i++)
        {
            journal.Recover(FormattableString.Invariant($"p{i}"), recovery =>
            {
                if (recovery.HighestSequenceNr == 2 && recovery.Entries.Count == 2)
                    recovered.Signal();
            });
        }

        Assert.True(recovered.Wait(TimeSpan.FromSeconds(60)));
    }

    private static JournalSnapshot Snapshot(string text) =>
        new(1, DateTimeOffset.UnixEpoch, "text/1", Encoding.UTF8.GetBytes(text));

    private static Exception? Append(SqliteJournal journal, string id, long first, int count)
    {
        var answer = new TaskCompletionSource<Exception?>();
        journal.Append(id, [.. Enumerable.Range(0, count).Select(i => TestJournal.Entry(first + i))], answer.SetResult);
        Assert.True(answer.Task.Wait(TimeSpan.FromSeconds(30)));
        return answer.Task.Result;
    }

    private static JournalRecovery Recover(SqliteJournal journal, string id)
    {
        var answer = new TaskCompletionSource<JournalRecovery>();
        journal.Recover(id, answer.SetResult);
        Assert.True(answer.Task.Wait(TimeSpan.FromSeconds(30)));
        return answer.Task.Result;
    }

    private bool FilesContain(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return Directory.GetFiles(_folder, "journal.db*").Any(file => ReadShared(file).AsSpan().IndexOf(bytes) >= 0);
    }

    private static byte[] ReadShared(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }

    private void Tamper(string sql)
    {
        using var connection = Connect();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private long Count(string table)
    {
        using var connection = Connect();
        using var command = connection.CreateCommand();
        command.CommandText = $"select count(*) from {table}";
        return (long)command.ExecuteScalar()!;
    }

    private SqliteConnection Connect()
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(_folder, "journal.db")};Pooling=False");
        connection.Open();
        return connection;
    }
}
