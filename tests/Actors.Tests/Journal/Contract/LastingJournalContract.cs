using NuCypher.P2P.Actors.Journal;

namespace NuCypher.P2P.Actors.Tests.Journal.Contract;

/// <summary>What a journal promises besides that outlives its process: it can be listed, and forgets.</summary>
public abstract class LastingJournalContract : JournalContract
{
    [Fact]
    public async Task Note_WhatIsNoEvent_IsRefusedAndNothingOfItIsThere()
    {
        await NoteAsync(A, 1);
        await Assert.ThrowsAnyAsync<Exception>(
            () => Bed.AskAsync<Diary.Content>(A, new Diary.Note(Lapsed(2), "no event", Lapsed(3))));
        await Bed.RestartAsync();

        await HoldsAsync(A, 1, 1);
        await NoteAsync(A, 4);
        await HoldsAsync(A, 2, 1, 4);
    }

    [Fact]
    public async Task List_Nothing_IsEmpty()
    {
        Assert.Empty(await Bed.ListAsync("policy-", null, 10));
    }

    [Theory, Trait("Row", "NW-15"), InlineData(1), InlineData(2), InlineData(100)]
    public async Task List_InPages_GivesEachWithThePrefixOnceInOrdinalOrder(int pageSize)
    {
        string[] ids =
            ["policy-b", "policy-a", "policy-B", "policy-_", "alice-a", "policy.", "policy-a1", "policy-\u00e9"];
        foreach (var id in ids)
            await NoteAsync(id, 1, 2);
        await Bed.RestartAsync();

        var found = new List<StoredHistory>();
        for (string? last = null; await Bed.ListAsync("policy-", last, pageSize) is { Count: > 0 } page;
            last = page[^1].PersistenceId)
            found.AddRange(page);

        Assert.Equal(
            ["policy-B", "policy-_", "policy-a", "policy-a1", "policy-b", "policy-\u00e9"],
            found.Select(history => history.PersistenceId));
        Assert.All(found, history => Assert.Equal([1L, 2L], history.Events.Select(stored => stored.SequenceNr)));
    }

    [Fact]
    public async Task List_AfterAnIdThatIsNotThere_BeginsWithTheNext()
    {
        await NoteAsync(A, 1);
        await NoteAsync(B, 1);

        Assert.Equal([B], from history in await Bed.ListAsync("policy-", A + "0", 10) select history.PersistenceId);
        Assert.Empty(await Bed.ListAsync("policy-", B, 10));
    }

    [Fact]
    public async Task List_Events_AreTheOnesThatWereWritten()
    {
        await NoteAsync(A, 1, 2, 3);

        var events = Assert.Single(await Bed.ListAsync("policy-", null, 10)).Events;

        Assert.Equal(
            [Lapsed(1), Lapsed(2), Lapsed(3)],
            events.Select(stored => JournalEvents.Read(stored.Manifest, stored.Payload.Span)));
    }

    [Fact]
    public async Task List_WhatWasDeleted_IsNotGiven()
    {
        await NoteAsync(A, 1, 2, 3);
        await NoteAsync(B, 1);
        await DeleteAsync(A, 2);
        await DeleteAsync(B, 1);
        await Bed.RestartAsync();

        var history = Assert.Single(await Bed.ListAsync("policy-", null, 10));

        Assert.Equal(A, history.PersistenceId);
        Assert.Equal(3, Assert.Single(history.Events).SequenceNr);
    }

    [Fact]
    public async Task Forget_NothingLeft_BeginsAgainAtOne()
    {
        await NoteAsync(A, 1, 2);
        await DeleteAsync(A, 2);
        await Bed.StopAsync(A);
        await Bed.ForgetAsync(A);

        await HoldsAsync(A, 0);
        await NoteAsync(A, 3);
        await Bed.RestartAsync();
        await HoldsAsync(A, 1, 3);
    }

    [Fact]
    public async Task Forget_SomethingLeft_ChangesNothing()
    {
        await NoteAsync(A, 1, 2);
        await DeleteAsync(A, 1);
        await Bed.StopAsync(A);
        await Bed.ForgetAsync(A);
        await Bed.RestartAsync();

        await HoldsAsync(A, 2, 2);
    }

    [Fact]
    public async Task Forget_OfOne_LeavesTheOthersNumber()
    {
        await NoteAsync(A, 1);
        await NoteAsync(B, 1);
        await DeleteAsync(A, 1);
        await DeleteAsync(B, 1);
        await Bed.ForgetAsync(A);
        await Bed.RestartAsync();

        await HoldsAsync(B, 1);
    }

    [Fact]
    public async Task Forget_IdThatWasNeverUsed_ChangesNothing()
    {
        await Bed.ForgetAsync(A);

        await HoldsAsync(A, 0);
    }
}
