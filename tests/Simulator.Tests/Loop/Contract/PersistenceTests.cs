using NuCypher.P2P.Actors.Journal;

namespace NuCypher.P2P.Simulator.Tests.Contract;

public sealed class PersistenceTests
{
    private readonly Stage _stage = new();

    private SimulatedDisk Disk => _stage.Machine.Disk;

    [Fact]
    public void Persist_Commands_WaitAndAreHandledInOrder()
    {
        var ledger = _stage.Start(Ledger.Props(_stage));

        _stage.Tell(ledger, 5, 7, "sum");
        _stage.Advance(1000);

        Assert.Equal(["recovered 0", "stored 5 as 1", "stored 7 as 2", "sum 12"], _stage.Taken());
    }

    [Fact]
    public void Persist_SlowDisk_NoCommandOvertakes()
    {
        var ledger = Recovered();
        Delay(10 * Stage.Second);

        _stage.Tell(ledger, 5, "sum");
        _stage.Advance(9_000);
        var before = _stage.Taken();
        _stage.Advance(2_000);

        Assert.Empty(before);
        Assert.Equal(["stored 5 as 1", "sum 5"], _stage.Taken());
    }

    [Fact]
    public void PoisonPill_DuringAWrite_DoesNotWaitForItButTheEventIsThereAllTheSame()
    {
        var ledger = Recovered();
        _stage.Watch(ledger);
        Delay(10 * Stage.Second);

        _stage.Tell(ledger, 5, "sum", PoisonPill.Instance);
        var atOnce = _stage.Taken();
        _stage.Advance(11_000);

        Assert.Equal(["end of ledger"], atOnce);
        Assert.Empty(_stage.Taken());
        Assert.Single(Disk.Durable.Read("ledger").Events);
    }

    [Fact]
    public void PersistAll_Events_AreOneTransactionAndTheNextCommandComesAfterAllHandlers()
    {
        var ledger = Recovered();
        var transactions = Disk.Counters.Transactions;

        _stage.Tell(ledger, "all", "sum");
        _stage.Advance(1000);

        Assert.Equal(["handler ended", "all 1 as 1", "all 2 as 2", "all 3 as 3", "sum 6"], _stage.Taken());
        Assert.Equal(1, Disk.Counters.Transactions - transactions);
    }

    [Fact]
    public void Recover_AfterARestartAndAReboot_ComesFirstWhileMailWaits()
    {
        var ledger = Recovered();

        _stage.Tell(ledger, 5, "fail", "sum");
        _stage.Advance(1000);
        var restarted = _stage.Taken();
        _stage.Machine.Crash();
        _stage.Machine.Start(_ => { });
        _stage.Tell(_stage.Start(Ledger.Props(_stage)), "sum");
        _stage.Advance(1000);

        Assert.Equal(["stored 5 as 1", "recovered 5", "sum 5"], restarted);
        Assert.Equal(["recovered 5", "sum 5"], _stage.Taken());
    }

    [Fact]
    public void Persist_HandlerFails_TheNextHandlerDoesNotRunButItsEventIsThere()
    {
        var ledger = Recovered();

        _stage.Tell(ledger, "fail after", "sum");
        _stage.Advance(1000);

        Assert.Equal(["recovered 30", "sum 30"], _stage.Taken());
    }

    [Fact]
    public void Persist_WriteFails_HandlerDoesNotRunAndTheActorStops()
    {
        var ledger = Recovered();
        _stage.Watch(ledger);
        Disk.Conditions = new DiskConditions { Failure = Chance.Always };

        _stage.Tell(ledger, 5, "sum");
        _stage.Advance(1000);

        Assert.Equal(["write 1 failed: IOException", "end of ledger"], _stage.Taken());
    }

    [Fact]
    public void Persist_AnotherActorOfThisIdWasFirst_TheLateOneStops()
    {
        var (first, late) = (_stage.Start(Ledger.Props(_stage), "first"), _stage.Start(Ledger.Props(_stage), "late"));
        _stage.Advance(1000);
        _stage.Taken();
        _stage.Watch(late);

        _stage.Tell(first, 5);
        _stage.Advance(1000);
        _stage.Tell(late, 6);
        _stage.Advance(1000);

        Assert.Equal(["stored 5 as 1", "write 1 failed: DiskConflictException", "end of late"], _stage.Taken());
    }

    [Fact]
    public void DeleteMessages_Done_RecoveryBeginsBehindThemAndNumbersGoOn()
    {
        var ledger = Recovered();

        _stage.Tell(ledger, 5, 7, "delete", 1);
        _stage.Advance(1000);
        var before = _stage.Taken();
        _stage.Tell(ledger, "fail", 2);
        _stage.Advance(1000);

        Assert.Equal(["deleted to 2", "stored 1 as 3", "stored 5 as 1", "stored 7 as 2"], before.Order());
        Assert.Equal(["recovered 1", "stored 2 as 4"], _stage.Taken());
    }

    [Fact]
    public void DeleteMessages_DiskFails_IsAMessageAndTheActorGoesOn()
    {
        var ledger = Recovered();
        _stage.Tell(ledger, 5);
        _stage.Advance(1000);
        Disk.Conditions = new DiskConditions { Failure = Chance.Always };

        _stage.Tell(ledger, "delete");
        _stage.Advance(1000);
        Disk.Conditions = DiskConditions.Sound;
        _stage.Tell(ledger, 7);
        _stage.Advance(1000);

        Assert.Equal(["stored 5 as 1", "not deleted: IOException", "stored 7 as 2"], _stage.Taken());
    }

    [Fact]
    public void Recover_UnknownEvent_StopsWithAReasonAndTheNextActorIsUnharmed()
    {
        Disk.Durable.Append("bad", [Ledger.Stored(1, 5), new StoredEvent(2, "no-such/1", default)]);

        var bad = _stage.Start(Ledger.Props(_stage, "bad"), "bad");
        _stage.Watch(bad);
        _stage.Tell(bad, "sum");
        _stage.Advance(1000);
        _stage.Start(Ledger.Props(_stage));
        _stage.Advance(1000);

        Assert.Equal(["recovery failed: InvalidDataException", "end of bad", "recovered 0"], _stage.Taken());
    }

    [Fact]
    public void Recover_DiskSilent_StopsAtTheTimeLimit()
    {
        Delay(TimeSpan.FromHours(1));

        _stage.Watch(_stage.Start(Ledger.Props(_stage), "ledger"));
        _stage.Advance(29_000);
        var before = _stage.Taken();
        _stage.Advance(2_000);

        Assert.Empty(before);
        Assert.Equal(["recovery failed: RecoveryTimedOutException", "end of ledger"], _stage.Taken());
    }

    [Fact]
    public void Tell_MoreThanMailboxAndStashHoldDuringAWrite_DropsTheRestAndGoesOn()
    {
        const int Capacity = 256;
        var ledger = _stage.Start(Ledger.Props(_stage).WithMailbox("akka.actor.mailbox.policy"), "ledger");
        _stage.Advance(1000);
        Delay(10 * Stage.Second);
        _stage.Tell(ledger, 5);
        _stage.Taken();

        for (var i = 0; i < 3 * Capacity; i++)
            _stage.Tell(ledger, "sum");
        _stage.Advance(11_000);
        _stage.Tell(ledger, "sum");

        var notes = _stage.Taken();
        Assert.Equal("stored 5 as 1", notes[0]);
        Assert.InRange(notes.Count, Capacity, (2 * Capacity) + 2);
        Assert.All(notes.Skip(1), note => Assert.Equal("sum 5", note));
    }

    private IActorRef Recovered()
    {
        var ledger = _stage.Start(Ledger.Props(_stage), "ledger");
        _stage.Advance(1000);
        Assert.Equal(["recovered 0"], _stage.Taken());
        return ledger;
    }

    private void Delay(TimeSpan latency) =>
        Disk.Conditions = new DiskConditions { MinLatency = latency, MaxLatency = latency };
}
