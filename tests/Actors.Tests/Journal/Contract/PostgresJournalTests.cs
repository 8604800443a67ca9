using LinqToDB.Data;
using NuCypher.P2P.Actors.Journal;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Ursula;

namespace NuCypher.P2P.Actors.Tests.Journal.Contract;

/// <summary>The contract, on a real PostgreSQL server, as a user without rights there but its own database.</summary>
public sealed class PostgresJournalTests(PostgresServer server) : LastingJournalContract, IClassFixture<PostgresServer>
{
    private readonly Identity _identity = Identity.Random(new OperatingSystemRandom());
    private string _words = "";

    private protected override async ValueTask<JournalBed> CreateAsync()
    {
        Assert.SkipWhen(server.Missing is not null, server.Missing ?? "");
        _words = await server.NewSchemaAsync();
        return new ThreadedBed(() => Begin());
    }

    private protected override void Clean() => _identity.Dispose();

    [Fact]
    public async Task Open_NoJournalThere_IsALossAndNotAFirstStart()
    {
        var words = await server.NewSchemaAsync();

        var refusal = Assert.Throws<JournalException>(() => Open(words));

        Assert.Contains("there is no journal in PostgreSQL", refusal.Message);
        Assert.Contains("--new-journal", refusal.Remedy);
    }

    [Fact]
    public async Task Open_SecondTime_SaysThatItIsInUse()
    {
        var words = await server.NewSchemaAsync();
        using var journal = Begin(words);

        Assert.Contains("in use by another process", Assert.Throws<JournalException>(() => Open(words)).Message);
    }

    [Theory, Trait("Row", "NW-15")]
    [InlineData("update journal_owner set owner = '\\x00'", "another identity's")]
    [InlineData("update journal_owner set version = 9", "of version 9")]
    [InlineData("delete from journal_owner", "whose it is is missing")]
    [InlineData("drop trigger journal_erase on journal", "somebody changed journal_erase")]
    [InlineData("alter table journal disable trigger journal_erase", "somebody changed journal_erase")]
    [InlineData("update journal set message = '\\x00'", "event 1 of a is not what was written there")]
    [InlineData("update journal set persistence_id = 'b'", "event 1 of b is not what was written there")]
    public async Task Open_AfterSomebodyChangedIt_IsRefused(string sql, string why)
    {
        var words = await server.NewSchemaAsync();
        await WriteAsync(words);

        await PostgresServer.ExecuteAsync(words, sql);

        Assert.Contains(why, Assert.Throws<JournalException>(() => Open(words)).Message);
    }

    [Fact]
    public void Open_WordsThatAreNone_NamesTheSettingAndNotThePassword()
    {
        var refusal = Assert.Throws<JournalException>(() => Open("Host=x;Password=secret;Nonsense=1"));

        Assert.Contains("nucypher.journal.postgresql", refusal.Message);
        Assert.DoesNotContain("secret", refusal.ToString());
    }

    [Fact]
    public void Open_NobodyThere_SaysSo() => Assert.Contains(
        "PostgreSQL /nowhere", Assert.Throws<JournalException>(() => Open("Host=/nowhere;Username=x")).Message);

    [Fact, Trait("Row", "AC-05"), Trait("Row", "PO-02")]
    public async Task Open_TablesReadIntoAnotherSchema_AreInDoubtUntilTheOperatorSaysSo()
    {
        var words = await server.NewSchemaAsync();
        await WriteAsync(words);
        Assert.False(IsCopy(words));
        await PostgresServer.ExecuteAsync(words, """
            alter table journal rename to old;
            alter index journal_uq rename to old_uq;
            create table journal (like old including all);
            insert into journal select * from old;
            create unique index journal_uq on journal(persistence_id, sequence_number);
            create trigger journal_erase before update of deleted on journal
            for each row when (new.deleted) execute function journal_erase();
            drop table old;
            """);

        Assert.True(IsCopy(words));
        Assert.True(IsCopy(words));
        using (var journal = Open(words))
            journal.Accept();
        Assert.False(IsCopy(words));
    }

    [Fact]
    public async Task Delete_LastEvent_IsBlankedAndLeavesItsNumber()
    {
        var words = await server.NewSchemaAsync();
        await WriteAsync(words);

        using (var journal = Open(words))
        {
            Assert.NotNull(await journal.BytesAtRestAsync("a", 1));
            var system = JournalSystem.Create(journal);
            await Diary(system).Ask<DeleteMessagesSuccess>(new Diary.Delete(1), JournalSystem.Limit,
                TestContext.Current.CancellationToken);
            await system.Terminate();
        }

        Assert.Equal("1 0", await PostgresServer.ReadAsync(
            words, "select sequence_number || ' ' || length(message) from journal where persistence_id = 'a'"));
        Open(words).Dispose();
    }

    [Fact]
    public async Task Probe_ServerCutItsConnections_TakesTheJournalAgain()
    {
        var words = await server.NewSchemaAsync();
        using var journal = Begin(words);
        await PostgresServer.ExecuteAsync(words, """
            select pg_terminate_backend(pid) from pg_stat_activity where usename = current_user
            and pid <> pg_backend_pid() and query like '%pg_try_advisory_lock%'
            """);

        await Record.ExceptionAsync(journal.ProbeAsync);
        await journal.ProbeAsync();

        Assert.Contains("in use by another process", Assert.Throws<JournalException>(() => Open(words)).Message);
    }

    [Fact]
    public async Task Session_OfTheJournal_CommitsDurably()
    {
        var words = await server.NewSchemaAsync();
        await PostgresServer.ExecuteAsync(words, "alter role node set synchronous_commit = off");
        using var seal = new JournalSeal(_identity.JournalKey, new OperatingSystemRandom());
        using var store = PostgresStore.Open(words, mayBegin: true, seal);
        await using var connection = new DataConnection(store.Options);

        Assert.Equal("on", connection.Execute<string>("show synchronous_commit"));
        await PostgresServer.ExecuteAsync(words, "alter role node reset synchronous_commit");
    }

    private static IActorRef Diary(ActorSystem system) => system.ActorOf(ActorProps.Of(() => new Diary("a")));

    private async Task WriteAsync(string words)
    {
        using var journal = Begin(words);
        var system = JournalSystem.Create(journal);
        await Diary(system).Ask<Diary.Content>(new Diary.Note(new ArrangementLapsed(Noon)), JournalSystem.Limit,
            TestContext.Current.CancellationToken);
        await system.Terminate();
    }

    private bool IsCopy(string words)
    {
        using var journal = Open(words);
        return journal.IsCopy;
    }

    private NodeJournal Begin(string? words = null) =>
        NodeJournal.OpenOrCreate("unused", _identity, new JournalOptions { Postgresql = words ?? _words });

    private NodeJournal Open(string words) =>
        NodeJournal.Open("unused", _identity, new JournalOptions { Postgresql = words });
}
