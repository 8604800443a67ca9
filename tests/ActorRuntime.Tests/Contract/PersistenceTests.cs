using NuCypher.P2P.ActorRuntime.Hosting;

namespace NuCypher.P2P.ActorRuntime.Tests.Contract;

public sealed class PersistenceTests
{
    [Theory, OnBothDispatchers]
    public void Persist_Commands_WaitAndAreHandledInOrder(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var probe = runtime.CreateProbe();
        var account = runtime.System.ActorOf(Account.Props("a", probe));

        foreach (var message in new object[] { 5L, 7L, "sum" })
            account.Tell(message);

        probe.Expect("recovered 0", "stored 5 as 1", "stored 7 as 2", 12L);
    });

    [Theory, OnBothDispatchers]
    public void Persist_JournalIsSlow_NoCommandOvertakes(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var journal = new FaultyJournal(runtime.Journal);
        var (probe, account) = Start(runtime, journal);
        journal.Holds = true;

        foreach (var message in new object[] { 5L, "sum", PoisonPill.Instance })
            account.Tell(message);
        probe.Expect("recovered 0");
        probe.ExpectNoMore();
        journal.ReleaseOne();

        probe.Expect("stored 5 as 1", 5L);
    });

    [Theory, OnBothDispatchers]
    public void Restart_AndStart_RecoverFirstWhileMailWaits(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var probe = runtime.CreateProbe();
        var account = runtime.System.ActorOf(Account.Props("a", probe));

        foreach (var message in new object[] { 5L, "fail", "sum", PoisonPill.Instance })
            account.Tell(message);
        probe.Expect("recovered 0", "stored 5 as 1", "recovered 5", 5L);
        runtime.Settle();
        var again = runtime.System.ActorOf(Account.Props("a", probe));
        again.Tell("sum");

        probe.Expect("recovered 5", 5L);
    });

    [Theory, OnBothDispatchers]
    public void PersistAll_Events_AreWrittenTogetherAndDeferComesAfter(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var journal = new FaultyJournal(runtime.Journal);
        var (probe, account) = Start(runtime, journal);
        probe.Expect("recovered 0");
        journal.Holds = true;

        account.Tell("all");
        account.Tell("sum");
        probe.Expect("handler ended");
        runtime.Settle();
        Assert.Equal(1, journal.HeldCount);
        journal.ReleaseOne();

        probe.Expect("all 1 as 1", "all 2 as 2", "all 3 as 3", "deferred", 6L);
    });

    [Theory, OnBothDispatchers]
    public void PersistAsync_Commands_DoNotWaitAndOrderHolds(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var journal = new FaultyJournal(runtime.Journal);
        var (probe, account) = Start(runtime, journal);
        probe.Expect("recovered 0");
        journal.Holds = true;

        foreach (var message in new object[] { "async", "async", "async", "sum" })
            account.Tell(message);
        probe.Expect("handler ended", "handler ended", "handler ended", 0L);
        runtime.Settle();
        Assert.Equal(1, journal.HeldCount);
        journal.ReleaseOne();
        probe.Expect("async 1 as 1", "deferred");
        runtime.Settle();
        journal.ReleaseOne();

        probe.Expect("async 1 as 2", "deferred", "async 1 as 3", "deferred");
    });

    [Theory, OnBothDispatchers]
    public void PersistAsync_SeveralSenders_EachHandlerSeesItsOwn(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var journal = new FaultyJournal(runtime.Journal);
        var (_, account) = Start(runtime, journal);
        var senders = Enumerable.Range(1, 3).Select(number => (Number: number, Probe: runtime.CreateProbe())).ToList();
        journal.Holds = true;

        senders.ForEach(sender => account.Tell(new Account.ReplyTo(sender.Number), sender.Probe.Ref));
        runtime.Settle();
        while (journal.HeldCount > 0)
        {
            journal.ReleaseOne();
            runtime.Settle();
        }

        senders.ForEach(sender => sender.Probe.Expect((long)sender.Number));
    });

    [Theory, OnBothDispatchers]
    public void Persist_AfterAnAwait_IsWritten(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var probe = runtime.CreateProbe();
        var account = runtime.System.ActorOf(Account.Props("a", probe));

        foreach (var message in new object[] { 4, 5, "sum" })
            account.Tell(message);

        probe.Expect("recovered 0", "after await 4 as 1", "after await 5 as 2", 9L);
    });

    [Theory, OnBothDispatchers]
    public void Recover_EventWithoutHandler_IsPublishedAsUnhandled(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var probe = runtime.CreateProbe();
        var unhandled = runtime.CreateProbe();
        runtime.System.EventStream.Subscribe(unhandled.Ref, typeof(UnhandledMessage));
        runtime.Journal.Append("a", [TestJournal.Entry(1, "word")], _ => { });

        runtime.System.ActorOf(Account.Props("a", probe));

        probe.Expect("recovered 0");
        Assert.Equal("word", unhandled.Next<UnhandledMessage>().Message);
    });

    [Theory, OnBothDispatchers]
    public void Persist_InsideAHandler_IsWrittenNext(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var probe = runtime.CreateProbe();
        var account = runtime.System.ActorOf(Account.Props("a", probe));

        account.Tell("nested");
        account.Tell("sum");

        probe.Expect("recovered 0", "nested 3 as 2", 3L);
    });

    [Theory, OnBothDispatchers]
    public void Persist_HandlerFailsAndResumes_TheNextHandlerRuns(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var probe = runtime.CreateProbe();
        IActorRef? account = null;
        runtime.Start((_, _) => { }, hooks =>
        {
            hooks.Strategy = new OneForOneStrategy(_ => Directive.Resume);
            hooks.OnPreStart = me => account = me.Ctx.ActorOf(Account.Props("a", probe));
        });
        runtime.Settle();

        account!.Tell("fail after");
        account!.Tell("sum");

        probe.Expect("recovered 0", "second 20 as 2", 20L);
    });

    [Theory, OnBothDispatchers]
    public void Persist_HandlerFailsAndRestarts_TheNextHandlerDoesNotRun(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var probe = runtime.CreateProbe();
        var account = runtime.System.ActorOf(Account.Props("a", probe));

        account.Tell("fail after");
        account.Tell("sum");

        probe.Expect("recovered 0", "recovered 30", 30L);
    });

    [Theory, OnBothDispatchers]
    public void Persist_WriteFails_HandlerDoesNotRunAndTheActorStops(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var journal = new FaultyJournal(runtime.Journal);
        var (probe, account) = Start(runtime, journal);
        probe.Watch(account);
        probe.Expect("recovered 0");
        journal.Failure = new IOException();

        account.Tell(5L);
        account.Tell("sum");

        probe.Expect("write of 5 failed at 1: IOException", new Terminated(account));
        probe.ExpectNoMore();
    });

    [Theory, OnBothDispatchers]
    public void Persist_EventCannotBeSerialized_IsRejectedAndTheActorGoesOn(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var probe = runtime.CreateProbe();
        var account = runtime.System.ActorOf(Account.Props("a", probe));

        foreach (var message in new object[] { 1L, "unwritable", "unknown type", "sum", PoisonPill.Instance })
            account.Tell(message);
        probe.Expect("recovered 0", "stored 1 as 1", "!unwritable rejected: FormatException", "after 5 as 2", "1.5 rejected: NotSupportedException", 6L);
        runtime.Settle();
        runtime.System.ActorOf(Account.Props("a", probe));

        probe.Expect("recovered 6");
    });

    [Theory, OnBothDispatchers]
    public void Persist_AnotherWriterCameFirst_TheLateOneStops(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var first = runtime.CreateProbe();
        var late = runtime.CreateProbe();
        var winner = runtime.System.ActorOf(Account.Props("a", first));
        var loser = runtime.System.ActorOf(Account.Props("a", late));
        first.Expect("recovered 0");
        late.Expect("recovered 0");
        late.Watch(loser);

        winner.Tell(5L);
        first.Expect("stored 5 as 1");
        loser.Tell(6L);

        late.Expect("write of 6 failed at 1: JournalConflictException", new Terminated(loser));
        winner.Tell("sum");
        first.Expect(5L);
    });

    [Theory, OnBothDispatchers]
    public void SaveSnapshot_ThenDelete_RecoversFromTheSnapshot(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var probe = runtime.CreateProbe();
        var account = runtime.System.ActorOf(Account.Props("a", probe));
        probe.Expect("recovered 0");

        account.Tell(5L);
        probe.Expect("stored 5 as 1");
        account.Tell("snapshot");
        probe.Expect("snapshot 1");
        account.Tell("delete");
        probe.Expect("deleted to 1");
        account.Tell(7L);
        probe.Expect("stored 7 as 2");
        account.Tell(PoisonPill.Instance);
        runtime.Settle();
        var again = runtime.System.ActorOf(Account.Props("a", probe));

        probe.Expect("recovered 12");
        again.Tell("delete snapshots");
        probe.Expect("snapshots deleted");
        again.Tell(1L);
        probe.Expect("stored 1 as 3");
    });

    [Theory, OnBothDispatchers]
    public void SaveSnapshot_Fails_IsAMessageAndTheActorGoesOn(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var journal = new FaultyJournal(runtime.Journal);
        var (probe, account) = Start(runtime, journal);
        probe.Expect("recovered 0");

        account.Tell("bad snapshot");
        probe.Expect("no snapshot: FormatException");
        journal.Failure = new IOException();
        account.Tell("snapshot");
        probe.Expect("no snapshot: IOException");
        journal.Failure = null;
        account.Tell(5L);

        probe.Expect("stored 5 as 1");
    });

    [Theory, OnBothDispatchers]
    public void Recover_SnapshotOrEventUnreadable_StopsWithAReason(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var probe = runtime.CreateProbe();
        var unknown = new JournalEntry(1, "no-such/1", ReadOnlyMemory<byte>.Empty);
        var truncated = new JournalEntry(1, "number/1", new byte[3]);
        runtime.Journal.Append("unknown", [unknown], _ => { });
        runtime.Journal.Append("truncated", [truncated], _ => { });
        runtime.Journal.SaveSnapshot("snapshot", new JournalSnapshot(0, default, "no-such/1", default), _ => { });

        foreach (var (id, reason) in new[] { ("unknown", "UnknownManifestException"), ("truncated", "ArgumentOutOfRangeException"), ("snapshot", "UnknownManifestException") })
        {
            var account = runtime.System.ActorOf(Account.Props(id, probe));
            account.Tell("sum");
            probe.Expect($"recovery failed: {reason}");
            probe.Watch(account);
            probe.Expect(new Terminated(account));
            probe.ExpectNoMore();
        }
    });

    [Theory, OnBothDispatchers]
    public void Recover_JournalFailsOrHasAGap_StopsWithAReason(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var journal = new FaultyJournal(new GappyJournal(runtime.Journal));
        journal.Append("a", [TestJournal.Entry(1), TestJournal.Entry(2), TestJournal.Entry(3)], _ => { });
        var (probe, account) = Start(runtime, journal);

        probe.Expect("recovery failed: JournalGapException");
        probe.Watch(account);
        probe.Expect(new Terminated(account));
        journal.Failure = new IOException();
        Start(runtime, journal).Probe.Expect("recovery failed: IOException");
    });

    [Theory, OnBothDispatchers]
    public void Recover_LongHistory_IsReadPageByPage(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var probe = runtime.CreateProbe();
        var (_, one) = ("number/1", new byte[] { 1, 0, 0, 0, 0, 0, 0, 0 });
        runtime.Journal.Append("a", [.. Enumerable.Range(1, 2500).Select(i => new JournalEntry(i, "number/1", one))], _ => { });

        runtime.System.ActorOf(Account.Props("a", probe));

        probe.Expect("recovered 2500");
    });

    [Theory, OnBothDispatchers]
    public void Restart_AnswerOfTheEarlierLife_IsIgnored(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var journal = new FaultyJournal(runtime.Journal);
        var (probe, account) = Start(runtime, journal);
        probe.Expect("recovered 0");
        journal.Holds = true;

        account.Tell("async");
        account.Tell("fail");
        probe.Expect("handler ended");
        runtime.Settle();
        journal.Holds = false;
        journal.ReleaseOne();
        journal.ReleaseOne();

        probe.Expect("recovered 1");
        account.Tell("sum");
        probe.Expect(1L);
    });

    [Theory, OnBothDispatchers]
    public void Start_MoreThanMayRecover_TheOthersWait(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        const int Count = 500;
        var journal = new FaultyJournal(runtime.Journal) { Holds = true };
        var system = ActorSystem.Create("many", runtime.Options with { Journal = journal, MaxConcurrentRecoveries = 7 });
        var probe = runtime.CreateProbe();
        var accounts = Enumerable.Range(0, Count)
            .Select(i => system.ActorOf(Account.Props(FormattableString.Invariant($"a{i}"), probe))).ToList();
        accounts.Take(100).ToList().ForEach(system.Stop);

        runtime.Settle();
        while (journal.HeldCount > 0)
        {
            journal.ReleaseOne();
            runtime.Settle();
        }

        Assert.InRange(journal.MaxHeldCount, 7, 14);
        probe.Expect([.. Enumerable.Repeat("recovered 0", Count - 100)]);
    });

    [Theory, OnBothDispatchers]
    public void Start_WithoutJournal_Stops(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var system = ActorSystem.Create("bare", runtime.Options with { Journal = null });
        var probe = runtime.CreateProbe();

        probe.Watch(system.ActorOf(Account.Props("a", probe)));

        probe.Next<Terminated>();
    });

    [Theory, OnBothDispatchers]
    public void ReadPersistenceIds_OfASystem_AnswersAsATask(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        foreach (var id in new[] { "b-2", "a-1", "b-1" })
            runtime.Journal.Append(id, [TestJournal.Entry(1)], _ => { });

        Assert.Equal(["b-1", "b-2"], runtime.WaitFor(runtime.System.ReadPersistenceIds("b-")));
    });

    private static (Probe Probe, IActorRef Account) Start(TestRuntime runtime, IJournal journal)
    {
        var probe = runtime.CreateProbe();
        var system = ActorSystem.Create("faulty", runtime.Options with { Journal = journal });
        var account = system.ActorOf(Account.Props("a", probe));
        runtime.Settle();
        return (probe, account);
    }
}
