using Microsoft.Data.Sqlite;
using NuCypher.P2P.Actors.Journal;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Ursula;

namespace NuCypher.P2P.Actors.Tests.Journal;

/// <summary>The recipe of the embedded journal, on real Akka.Persistence.Sql and real SQLite.</summary>
public sealed class NodeJournalTests : IDisposable
{
    private readonly string _folder = Path.Combine(Directory.CreateTempSubdirectory("journal-").FullName, "journal");
    private readonly Identity _identity = Identity.Random(new OperatingSystemRandom());

    private static DateTimeOffset Noon { get; } = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private string Database => Path.Combine(_folder, "journal.db");

    public void Dispose()
    {
        Directory.Delete(Path.GetDirectoryName(_folder)!, recursive: true);
        _identity.Dispose();
    }

    [Fact]
    public async Task Open_AfterARestart_GivesBackWhatWasAcknowledged()
    {
        await Use(async system => await Ask<Diary.Content>(
            Actor(system, "a"), new Diary.Note(Lapsed(1), Lapsed(2), Lapsed(3))));

        var content = await Use(system => Ask<Diary.Content>(Actor(system, "a"), new Diary.Read()));

        Assert.Equal([Lapsed(1), Lapsed(2), Lapsed(3)], content.Events);
    }

    [Fact]
    public void Open_EveryConnection_IsDurableAndErases()
    {
        using var journal = NodeJournal.OpenOrCreate(_folder, _identity);
        using var connection = JournalConnections.Open(Database);

        Assert.Equal(
            ["wal", 2L, 1L, 2L, 5000L],
            [
                Value(connection, "pragma journal_mode"), Value(connection, "pragma synchronous"), Value(
                    connection, "pragma secure_delete"),
                Value(connection, "pragma temp_store"), Value(connection, "pragma busy_timeout"),
            ]);
    }

    [Fact]
    public async Task Replay_ActorThatMovedBetweenProcesses_LosesNothing()
    {
        using var journal = NodeJournal.OpenOrCreate(_folder, _identity);
        var (one, other) = (JournalSystem.Create(journal), JournalSystem.Create(journal));
        for (var i = 1; i <= 6; i++)
        {
            var actor = Actor(i % 2 == 0 ? one : other, "moving");
            await Ask<Diary.Content>(actor, new Diary.Note(Lapsed(i)));
            await actor.GracefulStop(JournalSystem.Limit);
        }

        var content = await Ask<Diary.Content>(Actor(one, "moving"), new Diary.Read());

        Assert.Equal([.. Enumerable.Range(1, 6).Select(Lapsed)], content.Events);
        await Task.WhenAll(one.Terminate(), other.Terminate());
    }

    [Fact]
    public async Task Delete_LastEventOfAHistory_LeavesNoByteInAnyFileButItsNumber()
    {
        byte[] secret = [];
        await Use(async (system, journal) =>
        {
            var actor = Actor(system, "a");
            await Ask<Diary.Content>(actor, new Diary.Note(Lapsed(1)));
            secret = (await journal.BytesAtRestAsync("a", 1))!;
            Assert.True(IsInFiles(secret));
            await Ask<DeleteMessagesSuccess>(actor, new Diary.Delete(1));
            Assert.True(CheckpointActor.Checkpoint(Database));
            return actor;
        });

        Assert.False(IsInFiles(secret));
        var content = await Use(system => Ask<Diary.Content>(Actor(system, "a"), new Diary.Read()));
        Assert.Empty(content.Events);
        Assert.Equal(1, content.Last);
    }

    [Fact]
    public async Task Upkeep_WhatWasDeleted_IsGoneFromTheLogWithinItsInterval()
    {
        using var journal = NodeJournal.OpenOrCreate(
            _folder, _identity, new() { CheckpointInterval = TimeSpan.FromMilliseconds(50) });
        var system = JournalSystem.Create(journal);
        var actor = Actor(system, "a");
        await Ask<Diary.Content>(actor, new Diary.Note(Lapsed(1)));
        var secret = await journal.BytesAtRestAsync("a", 1);
        await Ask<DeleteMessagesSuccess>(actor, new Diary.Delete(1));
        using var watcher = new FileSystemWatcher(
            _folder, "journal.db*")
        { NotifyFilter = NotifyFilters.Size | NotifyFilters.LastWrite };
        var isGone = new TaskCompletionSource();
        watcher.Changed += (_, _) =>
        {
            if (!IsInFiles(secret!))
                isGone.TrySetResult();
        };
        watcher.EnableRaisingEvents = true;

        journal.StartUpkeep(system);

        await isGone.Task.WaitAsync(JournalSystem.Limit, TestContext.Current.CancellationToken);
        await system.Terminate();
    }

    [Fact]
    public async Task Forget_HistoryWithoutEvents_StartsAgainAtOne()
    {
        using var journal = NodeJournal.OpenOrCreate(_folder, _identity);
        var system = JournalSystem.Create(journal);
        var actor = Actor(system, "a");
        await Ask<Diary.Content>(actor, new Diary.Note(Lapsed(1)));
        await Ask<DeleteMessagesSuccess>(actor, new Diary.Delete(1));
        await actor.GracefulStop(JournalSystem.Limit);

        await journal.Catalog.ForgetAsync("a");

        Assert.Equal(0, (await Ask<Diary.Content>(Actor(system, "a"), new Diary.Read())).Last);
        await system.Terminate();
    }

    [Fact]
    public async Task Forget_HistoryWithEvents_ChangesNothing()
    {
        using var journal = NodeJournal.OpenOrCreate(_folder, _identity);
        var system = JournalSystem.Create(journal);
        var actor = Actor(system, "a");
        await Ask<Diary.Content>(actor, new Diary.Note(Lapsed(1), Lapsed(2)));
        await Ask<DeleteMessagesSuccess>(actor, new Diary.Delete(1));
        await actor.GracefulStop(JournalSystem.Limit);

        await journal.Catalog.ForgetAsync("a");

        Assert.Equal([Lapsed(2)], (await Ask<Diary.Content>(Actor(system, "a"), new Diary.Read())).Events);
        await system.Terminate();
    }

    [Theory, InlineData(1), InlineData(3), InlineData(100)]
    public async Task Catalog_InPages_GivesEveryLivingHistoryOnceInOrder(int pageSize)
    {
        using var journal = NodeJournal.OpenOrCreate(_folder, _identity);
        var system = JournalSystem.Create(journal);
        string[] ids = ["policy-a-3", "policy-a-1", "policy-b-1", "alice-a", "policy-a-2", "policy-a-gone"];
        foreach (var id in ids)
            await Ask<Diary.Content>(Actor(system, id), new Diary.Note(Lapsed(1), Lapsed(2)));
        await Ask<DeleteMessagesSuccess>(Actor(system, "policy-a-gone", "x"), new Diary.Delete(2));

        var found = new List<StoredHistory>();
        for (string? last = null; await journal.Catalog.ReadAsync(
            "policy-a-", last, pageSize) is { Count: > 0 } page; last = page[^1].PersistenceId)
            found.AddRange(page);

        Assert.Equal(["policy-a-1", "policy-a-2", "policy-a-3"], found.Select(history => history.PersistenceId));
        Assert.All(found, history => Assert.Equal([1L, 2L], history.Events.Select(stored => stored.SequenceNr)));
        Assert.All(found, history => Assert.Equal(
            Lapsed(2), JournalEvents.Read(history.Events[1].Manifest, history.Events[1].Payload.Span)));
        await system.Terminate();
    }

    [Fact]
    public async Task Recover_UnknownManifest_StopsThatActorAlone()
    {
        await Use(async system =>
        {
            await Ask<Diary.Content>(Actor(system, "a"), new Diary.Note(Lapsed(1)));
            return await Ask<Diary.Content>(Actor(system, "b"), new Diary.Note(Lapsed(1)));
        });
        using (var seal = new JournalSeal(_identity.JournalKey, new OperatingSystemRandom()))
            JournalFile.Change(
                Database, "update journal set message = @message where persistence_id = 'a'", seal,
                seal.Seal("a", 1, "of-the-future/9", [1]));

        await Use(async system =>
        {
            var broken = Actor(system, "a");
            await broken.WatchAsync(TestContext.Current.CancellationToken).WaitAsync(
                JournalSystem.Limit, TestContext.Current.CancellationToken);
            return await Ask<Diary.Content>(Actor(system, "b"), new Diary.Read());
        });
    }

    [Fact]
    public async Task Write_ManyActorsAtOnce_AreCommittedTogether()
    {
        const int Actors = 100, Rounds = 10;
        using var journal = NodeJournal.OpenOrCreate(_folder, _identity);
        var system = JournalSystem.Create(journal);
        IActorRef[] actors = [.. Enumerable.Range(0, Actors).Select(i => Actor(system, $"a{i}"))];
        await Task.WhenAll(actors.Select(actor => Ask<Diary.Content>(actor, new Diary.Read())));
        var before = FramesCommitted();

        await Task.WhenAll(actors.Select(async actor =>
        {
            for (var i = 0; i < Rounds; i++)
                await Ask<Diary.Content>(actor, new Diary.Note(Lapsed(i)));
        }));

        Assert.InRange(FramesCommitted() - before, 1, Actors * Rounds / 5);
        await system.Terminate();
    }

    [Fact]
    public void Open_SecondTime_SaysThatItIsInUse()
    {
        using var journal = NodeJournal.OpenOrCreate(_folder, _identity);

        var refusal = Assert.Throws<JournalException>(() => NodeJournal.Open(_folder, _identity));

        Assert.Contains(_folder, refusal.Message);
        Assert.Contains("in use by another process", refusal.Message);
    }

    [Fact]
    public void Open_FolderThatIsGone_IsALossAndNotAFirstStart()
    {
        var refusal = Assert.Throws<JournalException>(() => NodeJournal.Open(_folder, _identity));

        Assert.Contains("is gone", refusal.Message);
        Assert.Contains("--new-journal", refusal.Remedy);
    }

    [Theory]
    [InlineData("format", "nucypher-journal 2\n", "another format")]
    [InlineData("format", "", "another format")]
    [InlineData(
        "journal.db",
        "this is no database, and it is long enough to be read as the head of one, "
        + "which has 100 bytes and a magic word",
        "damaged")]
    public void Open_FileOfAnotherKind_IsRefused(string file, string content, string why)
    {
        NodeJournal.OpenOrCreate(_folder, _identity).Dispose();
        File.WriteAllText(Path.Combine(_folder, file), content);

        Assert.Contains(why, Assert.Throws<JournalException>(() => NodeJournal.Open(_folder, _identity)).Message);
    }

    [Fact]
    public void Open_JournalThatWasEmptied_IsRefused()
    {
        NodeJournal.OpenOrCreate(_folder, _identity).Dispose();
        File.WriteAllBytes(Database, []);

        Assert.Contains("gone", Assert.Throws<JournalException>(() => NodeJournal.Open(_folder, _identity)).Message);
    }

    [Fact]
    public void Open_JournalOfAnOlderProgram_IsRefused()
    {
        Directory.CreateDirectory(_folder);
        File.WriteAllBytes(Database, [1, 2, 3]);

        Assert.Contains(
            "an older program's", Assert.Throws<JournalException>(() => NodeJournal.Open(_folder, _identity)).Message);
        Assert.Contains(
            "an older program's",
            Assert.Throws<JournalException>(() => NodeJournal.OpenOrCreate(_folder, _identity)).Message);
    }

    [Theory]
    [InlineData("pragma user_version = 9", "of version 9")]
    [InlineData("pragma application_id = 7", "another program")]
    [InlineData("drop trigger journal_erase", "somebody changed journal_erase")]
    [InlineData("drop trigger journal_in", "somebody changed journal_in")]
    [InlineData("drop index journal_uq", "somebody changed journal_uq")]
    [InlineData("create view more as select 1", "somebody changed more")]
    public void Open_DatabaseThatSomebodyChanged_IsRefused(string change, string why)
    {
        NodeJournal.OpenOrCreate(_folder, _identity).Dispose();
        JournalFile.Change(Database, change);

        Assert.Contains(why, Assert.Throws<JournalException>(() => NodeJournal.Open(_folder, _identity)).Message);
    }

    [Fact]
    public async Task Open_DamagedPage_IsRefusedAndNothingIsLost()
    {
        await Use(async system => await Ask<Diary.Content>(
            Actor(system, "a"), new Diary.Note([.. Enumerable.Range(0, 2000).Select(Lapsed)])));
        var bytes = File.ReadAllBytes(Database);
        for (var i = 3 * 4096; i < 4 * 4096; i++)
            bytes[i] ^= 0x5A;
        File.WriteAllBytes(Database, bytes);

        Assert.Contains("damaged", Assert.Throws<JournalException>(() => NodeJournal.Open(_folder, _identity)).Message);
        Assert.Equal(bytes, File.ReadAllBytes(Database));
    }

    private static object Lapsed(int minutes) => new ArrangementLapsed(Noon.AddMinutes(minutes));

    private static IActorRef Actor(ActorSystem system, string id, string name = "") =>
        system.ActorOf(ActorProps.Of(() => new Diary(id)), name.Length > 0 ? name : null);

    private static Task<TAnswer> Ask<TAnswer>(IActorRef actor, object message) =>
        actor.Ask<TAnswer>(message, JournalSystem.Limit, TestContext.Current.CancellationToken);

    private Task<TResult> Use<TResult>(Func<ActorSystem, Task<TResult>> use) => Use((system, _) => use(system));

    private async Task<TResult> Use<TResult>(Func<ActorSystem, NodeJournal, Task<TResult>> use)
    {
        using var journal = NodeJournal.OpenOrCreate(_folder, _identity);
        var system = JournalSystem.Create(journal);
        var result = await use(system, journal);
        await system.Terminate();
        return result;
    }

    private bool IsInFiles(byte[] secret) => Directory.GetFiles(_folder, "journal.db*").Any(file =>
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray().AsSpan().IndexOf(secret) >= 0;
    });

    /// <summary>
    /// How many transactions were ever committed: each commit changes the counter that other connections watch.
    /// </summary>
    private long FramesCommitted()
    {
        var log = File.Exists(Database + "-wal") ? ReadShared(Database + "-wal") : [];
        var commits = 0L;
        for (var at = 32; at + 24 <= log.Length; at += 24 + 4096)
            commits += System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(log.AsSpan(at + 4)) > 0 ? 1 : 0;
        return commits;
    }

    private static byte[] ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static object? Value(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
