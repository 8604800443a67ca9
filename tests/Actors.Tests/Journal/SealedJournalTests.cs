using System.Text;
using NuCypher.P2P.Actors.Journal;
using NuCypher.P2P.Actors.Tests.Ursula;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Alice;
using NuCypher.P2P.Policy.Ursula;

namespace NuCypher.P2P.Actors.Tests.Journal;

/// <summary>What whoever has the disk, but not the keystore, can read of a journal and change in it.</summary>
public sealed class SealedJournalTests : IDisposable
{
    private readonly string _folder = Path.Combine(Directory.CreateTempSubdirectory("sealed-").FullName, "journal");
    private readonly Identity _identity = Identity.Random(new OperatingSystemRandom());

    private static DateTimeOffset Noon { get; } = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private string Database => Path.Combine(_folder, "journal.db");

    public void Dispose()
    {
        Directory.Delete(Path.GetDirectoryName(_folder)!, recursive: true);
        _identity.Dispose();
    }

    [Fact]
    public async Task Read_FilesOfAnAlice_TellNeitherLabelNorBobNorWhatHappened()
    {
        var parties = new PolicyParties();
        using var ursula = new UrsulaOfOnePolicy(parties.Ursula.Proxy);
        var validity = new Validity(Noon, Noon.AddHours(1));
        var grant = parties.Grant("family album", validity, Noon, request => ursula.Serve(request, Noon));
        var made = new GrantMade(grant!);

        await Use(system => Ask<Diary.Content>(Actor(system, "alice-1"), new Diary.Note(made)));

        byte[][] words =
        [
            Encoding.UTF8.GetBytes("family album"), Encoding.ASCII.GetBytes(made.Manifest),
            parties.Bob.VerifyingKey.ToBytes(), parties.Ursula.VerifyingKey.ToBytes(),
        ];
        var files = JournalFile.Read(Database);
        Assert.All(words, word => Assert.True(files.AsSpan().IndexOf(word) < 0));
        Assert.True(made.ToBytes().AsSpan().IndexOf(words[0]) >= 0);
    }

    [Theory]
    [InlineData(
        "a bit",
        "update journal set message = substr(message, 1, 30) || x'00' || substr(message, 32) where "
        + "persistence_id = 'a' and sequence_number = 2",
        "event 2 of a is not")]
    [InlineData(
        "cut",
        "update journal set message = x'00' where persistence_id = 'a' and sequence_number = 2",
        "event 2 of a is not")]
    [InlineData(
        "emptied",
        "update journal set message = x'' where persistence_id = 'a' and sequence_number = 2",
        "event 2 of a is not")]
    [InlineData(
        "moved to another history",
        "update journal set persistence_id = 'c' where persistence_id = 'a' and sequence_number = 1",
        "event 1 of c is not")]
    [InlineData(
        "moved to another number",
        "update journal set sequence_number = 9 where persistence_id = 'a' and sequence_number = 3",
        "event 9 of a is not")]
    [InlineData(
        "copied over a later one",
        "update journal set message = (select message from journal where persistence_id = 'a' and "
        + "sequence_number = 1) where persistence_id = 'a' and sequence_number = 3",
        "event 3 of a is not")]
    [InlineData(
        "swapped between histories",
        "update journal set persistence_id = 'x' where persistence_id = 'a'; update journal set "
        + "persistence_id = 'a' where persistence_id = 'b'; update journal set persistence_id = 'b' where "
        + "persistence_id = 'x'",
        "is not what was written")]
    [InlineData(
        "said again",
        "insert into journal select 99, created, deleted, persistence_id, 4, message, tags, manifest, "
        + "identifier, writer_uuid from journal where persistence_id = 'a' and sequence_number = 3",
        "event 4 of a is not")]
    [InlineData(
        "last one removed",
        "delete from journal where persistence_id = 'a' and sequence_number = 3",
        "events are missing")]
    [InlineData(
        "first one removed",
        "delete from journal where persistence_id = 'a' and sequence_number = 1",
        "events are missing")]
    [InlineData("history removed", "delete from journal where persistence_id = 'a'", "events are missing")]
    [InlineData("all removed", "delete from journal", "events are missing")]
    [InlineData(
        "marked as deleted",
        "update journal set deleted = 1 where persistence_id = 'a' and sequence_number = 3",
        "events are missing")]
    [InlineData("mark removed", "delete from journal where persistence_id = 'gone'", "events are missing")]
    [InlineData("manifest", "update journal set manifest = 'policy-revoked/1'", "is not what was written")]
    [InlineData("no manifest", "update journal set manifest = null", "is not what was written")]
    [InlineData("serializer", "update journal set identifier = 1", "is not what was written")]
    [InlineData("no serializer", "update journal set identifier = null", "is not what was written")]
    [InlineData("total removed", "delete from journal_total", "its total is missing")]
    [InlineData("total changed", "update journal_total set sealed = x'00'", "its total was changed")]
    [InlineData(
        "total of another kind",
        "update journal_total set sealed = (select message from journal where sequence_number = 3)",
        "its total was changed")]
    public async Task Open_AfterSomebodyChangedARow_RefusesWithFileAndRemedy(string how, string sql, string why)
    {
        await WriteAsync();

        JournalFile.Change(Database, sql);

        var refusal = RefusalOfOpening();
        Assert.True(refusal.Message.Contains(Database, StringComparison.Ordinal), how);
        Assert.Contains("somebody changed", refusal.Message);
        Assert.Contains(why, refusal.Message);
        Assert.Contains("Restore", refusal.Remedy);
    }

    [Fact]
    public async Task Open_RowsPutBackAfterTheyWereErased_IsRefused()
    {
        await WriteAsync();
        var message = JournalFile.Value(
            Database, "select message from journal where persistence_id = 'a' and sequence_number = 3");
        await DeleteAsync("a", 3);

        JournalFile.Change(
            Database,
            "update journal set deleted = 0, message = @message, manifest = 'sealed/1' where persistence_id = 'a'",
            null,
            message);

        Assert.Contains("put back", RefusalOfOpening().Message);
    }

    [Fact]
    public async Task Open_TotalOfAnEarlierTime_IsRefused()
    {
        await WriteAsync();
        var kept = JournalFile.Value(Database, "select sealed from journal_total");
        await Use(async system => await Ask<Diary.Content>(Actor(system, "a"), new Diary.Note(Lapsed(4))));

        JournalFile.Change(Database, "update journal_total set sealed = @message", null, kept);

        Assert.Contains("put back", RefusalOfOpening().Message);
    }

    [Fact]
    public async Task Open_EmptyJournalOfTheSameIdentityInItsPlace_WithTheOldTotal_IsRefused()
    {
        await WriteAsync();
        var total = JournalFile.Value(Database, "select sealed from journal_total");
        Directory.Delete(_folder, recursive: true);
        NodeJournal.OpenOrCreate(_folder, _identity).Dispose();

        JournalFile.Change(Database, "update journal_total set sealed = @message", null, total);

        Assert.Contains("missing", RefusalOfOpening().Message);
    }

    [Fact]
    public async Task Open_JournalOfAnotherIdentity_SaysSoAndChangesNothing()
    {
        await WriteAsync();
        var before = await File.ReadAllBytesAsync(Database, TestContext.Current.CancellationToken);
        using var other = Identity.Random(new OperatingSystemRandom());

        var refusal = Assert.Throws<JournalException>(() => NodeJournal.Open(_folder, other));

        Assert.Contains("another identity's", refusal.Message);
        Assert.Equal(before, await File.ReadAllBytesAsync(Database, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Open_IdentityFromTheSameSeed_ReadsAll()
    {
        await WriteAsync();
        Span<byte> seed = stackalloc byte[Identity.SeedSize];
        _identity.WriteSeed(seed);
        Assert.True(Identity.TryRead(seed, out var same));

        using (same)
            NodeJournal.Open(_folder, same).Dispose();
    }

    [Fact]
    public async Task Open_AfterDeletingAndForgetting_IsWhole()
    {
        await WriteAsync();
        await DeleteAsync("a", 2);
        await Use(async (_, journal) =>
        {
            await journal.Catalog.ForgetAsync("gone");
            return 0;
        });

        NodeJournal.Open(_folder, _identity).Dispose();
        Assert.Equal(
            1L, JournalFile.Number(
                Database, "select count(*) from journal where persistence_id = 'a' and deleted = 0"));
    }

    [Fact]
    public async Task Recover_EventChangedUnderTheRunningNode_StopsThatActorAlone()
    {
        await WriteAsync();
        await Use(async system =>
        {
            ChangeOneEvent();
            var broken = Actor(system, "a");
            var cancellation = TestContext.Current.CancellationToken;
            await broken.WatchAsync(cancellation).WaitAsync(JournalSystem.Limit, cancellation);
            return await Ask<Diary.Content>(Actor(system, "b"), new Diary.Read());
        });
    }

    [Fact]
    public async Task Catalog_EventChangedUnderTheRunningNode_GivesItWithoutBytes()
    {
        await WriteAsync();
        var events = await Use(async (_, journal) =>
        {
            ChangeOneEvent();
            return (await journal.Catalog.ReadAsync("a", null, 1)).Single().Events;
        });

        Assert.Equal([false, true, false], events.Select(stored => stored is { Manifest: "", Payload.IsEmpty: true }));
    }

    [Fact]
    public async Task Write_AfterTheTotalWasChanged_IsNotAcknowledged()
    {
        await WriteAsync();
        await Use(async system =>
        {
            JournalFile.Change(Database, "update journal_total set sealed = x'00'");
            await Assert.ThrowsAnyAsync<Exception>(
                () => Ask<Diary.Content>(Actor(system, "d"), new Diary.Note(Lapsed(1))));
            return 0;
        });

        Assert.Equal(0L, JournalFile.Number(Database, "select count(*) from journal where persistence_id = 'd'"));
    }

    private static ArrangementLapsed Lapsed(int minutes) => new ArrangementLapsed(Noon.AddMinutes(minutes));

    private static IActorRef Actor(ActorSystem system, string id) => system.ActorOf(ActorProps.Of(() => new Diary(id)));

    private static Task<TAnswer> Ask<TAnswer>(IActorRef actor, object message) =>
        actor.Ask<TAnswer>(message, JournalSystem.Limit, TestContext.Current.CancellationToken);

    /// <summary>Three events each of a and b; of gone only the number is left.</summary>
    private async Task WriteAsync()
    {
        foreach (var id in (string[])["a", "b", "gone"])
            await Use(system => Ask<Diary.Content>(Actor(system, id), new Diary.Note(Lapsed(1), Lapsed(2), Lapsed(3))));
        await DeleteAsync("gone", 3);
    }

    private Task<DeleteMessagesSuccess> DeleteAsync(string id, long to) =>
        Use(system => Ask<DeleteMessagesSuccess>(Actor(system, id), new Diary.Delete(to)));

    private JournalException RefusalOfOpening() =>
        Assert.Throws<JournalException>(() => NodeJournal.Open(_folder, _identity));

    private void ChangeOneEvent() => JournalFile.Change(
        Database, "update journal set message = x'00' where persistence_id = 'a' and sequence_number = 2");

    private Task<TResult> Use<TResult>(Func<ActorSystem, Task<TResult>> use) => Use((system, _) => use(system));

    private async Task<TResult> Use<TResult>(Func<ActorSystem, NodeJournal, Task<TResult>> use)
    {
        using var journal = NodeJournal.OpenOrCreate(_folder, _identity);
        var system = JournalSystem.Create(journal);
        var result = await use(system, journal);
        await system.Terminate();
        return result;
    }
}
