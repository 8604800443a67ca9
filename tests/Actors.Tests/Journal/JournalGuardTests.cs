using System.Diagnostics;
using NuCypher.P2P.Actors.Journal;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Ursula;

namespace NuCypher.P2P.Actors.Tests.Journal;

/// <summary>A journal whose files somebody deletes or replaces while a node uses them.</summary>
public sealed class JournalGuardTests : IDisposable
{
    private readonly string _folder = Path.Combine(Directory.CreateTempSubdirectory("guard-").FullName, "journal");
    private readonly Identity _identity = Identity.Random(new OperatingSystemRandom());

    private static DateTimeOffset Noon { get; } = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);

    public void Dispose()
    {
        Directory.Delete(Path.GetDirectoryName(_folder)!, recursive: true);
        _identity.Dispose();
    }

    [Theory, Trait("Row", "NW-15")]
    [InlineData("journal.db"), InlineData("journal.db-wal"), InlineData("journal.db-shm"), InlineData("journal.lock"),
        InlineData("format"), InlineData("instance")]
    public async Task Probe_PipeInPlaceOfAFile_SaysSoAndAllIsThereOnceItIsGone(string name)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs Linux");
        await HoldsAfterAsync(async journal =>
        {
            File.Delete(In(name));
            using (var pipe = Process.Start("mkfifo", [In(name)]))
                await pipe.WaitForExitAsync();
            var why = await Assert.ThrowsAsync<JournalException>(() => ProbeAsync(journal));
            Assert.Contains(In(name), why.Message);
            File.Delete(In(name));
        });
    }

    [Theory, Trait("Row", "NW-15")]
    [InlineData("journal.db"), InlineData("journal.db-wal"), InlineData("journal.db-shm"), InlineData("journal.lock"),
        InlineData("format"), InlineData("instance")]
    public async Task Probe_FileDeleted_SaysSoOnceAndNothingIsLost(string name)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs Linux");
        await HoldsAfterAsync(async journal =>
        {
            File.Delete(In(name));
            await Assert.ThrowsAsync<JournalException>(() => ProbeAsync(journal));
        });
    }

    [Fact, Trait("Row", "AC-05"), Trait("Row", "PO-02")]
    public void Open_NoteOfItsFileDeleted_IsInDoubtUntilTheOperatorSaysSo()
    {
        NodeJournal.OpenOrCreate(_folder, _identity).Dispose();
        File.Delete(In("instance"));

        Assert.True(IsCopy());
        Assert.True(IsCopy());
        using (var journal = NodeJournal.Open(_folder, _identity))
            journal.Accept();
        Assert.False(IsCopy());
    }

    [Theory, Trait("Row", "AC-05"), Trait("Row", "PO-02")]
    [InlineData("instance"), InlineData("journal.db")]
    public async Task Probe_FileDeletedWhileInDoubt_LeavesTheDoubt(string name)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs Linux");
        NodeJournal.OpenOrCreate(_folder, _identity).Dispose();
        await File.WriteAllTextAsync(In("instance"), "another\n", TestContext.Current.CancellationToken);

        using (var journal = NodeJournal.Open(_folder, _identity))
        {
            File.Delete(In(name));
            await Record.ExceptionAsync(() => ProbeAsync(journal));
            await ProbeAsync(journal);
        }

        Assert.True(IsCopy());
    }

    [Fact, Trait("Row", "AC-05"), Trait("Row", "PO-02")]
    public void OpenOrCreate_DatabaseGone_BeginsOneThatIsNoCopy()
    {
        NodeJournal.OpenOrCreate(_folder, _identity).Dispose();
        Assert.False(IsCopy());
        File.Delete(In("journal.db"));

        using (var journal = NodeJournal.OpenOrCreate(_folder, _identity))
            Assert.False(journal.IsCopy);
        Assert.False(IsCopy());
    }

    // An event from before the fault and one from after it are there for another process.
    private async Task HoldsAfterAsync(Func<NodeJournal, Task> fault)
    {
        using (var journal = NodeJournal.OpenOrCreate(_folder, _identity))
        {
            var system = JournalSystem.Create(journal);
            await AskAsync(Actor(system, "before"), new Diary.Note(Lapsed(1)));
            await fault(journal);
            if (await Record.ExceptionAsync(() => ProbeAsync(journal)) is JournalException)
                await ProbeAsync(journal); // the first one put it back
            await AskAsync(Actor(system, "after"), new Diary.Note(Lapsed(2)));
            await system.Terminate();
        }

        using (var journal = NodeJournal.Open(_folder, _identity))
        {
            Assert.False(journal.IsCopy);
            var system = JournalSystem.Create(journal);
            Assert.Equal([Lapsed(1)], (await AskAsync(Actor(system, "before"), new Diary.Read())).Events);
            Assert.Equal([Lapsed(2)], (await AskAsync(Actor(system, "after"), new Diary.Read())).Events);
            await system.Terminate();
        }
    }

    private static Task ProbeAsync(NodeJournal journal) =>
        journal.ProbeAsync().WaitAsync(JournalSystem.Limit, TestContext.Current.CancellationToken);

    private static ArrangementLapsed Lapsed(int minutes) => new(Noon.AddMinutes(minutes));

    private static IActorRef Actor(ActorSystem system, string id) => system.ActorOf(ActorProps.Of(() => new Diary(id)));

    private static Task<Diary.Content> AskAsync(IActorRef actor, object message) => actor.Ask<Diary.Content>(
        message, JournalSystem.Limit, TestContext.Current.CancellationToken);

    private bool IsCopy()
    {
        using var journal = NodeJournal.Open(_folder, _identity);
        return journal.IsCopy;
    }

    private string In(string name) => Path.Combine(_folder, name);
}
