using NuCypher.P2P.Policy.Ursula;

namespace NuCypher.P2P.Actors.Tests.Journal.Contract;

/// <summary>What every journal promises to the actors that write to it: the same tests, whatever keeps it.</summary>
public abstract class JournalContract : IAsyncLifetime
{
    private protected const string A = "policy-a-1";
    private protected const string B = "policy-a-2";

    private JournalBed? _bed;

    private protected static DateTimeOffset Noon { get; } = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private protected JournalBed Bed => _bed!; // set before each test

    public async ValueTask InitializeAsync() => _bed = await CreateAsync();

    public async ValueTask DisposeAsync()
    {
        if (_bed is not null)
            await _bed.DisposeAsync();
        Clean();
        GC.SuppressFinalize(this);
    }

    private protected abstract ValueTask<JournalBed> CreateAsync();

    private protected virtual void Clean()
    {
    }

    [Fact]
    public async Task Read_IdThatWasNeverUsed_IsEmptyAtZero() => await HoldsAsync(A, 0);

    [Fact]
    public async Task Note_OneEvent_IsThereAfterItsActor()
    {
        await NoteAsync(A, 1);
        await Bed.StopAsync(A);

        await HoldsAsync(A, 1, 1);
    }

    [Theory, Trait("Row", "NW-15")]
    [InlineData(1), InlineData(2), InlineData(10), InlineData(100), InlineData(1000)]
    public async Task Note_EventsTogether_AreThereInOrderAfterTheProcess(int count)
    {
        int[] all = [.. Enumerable.Range(1, count)];
        await NoteAsync(A, all);
        await Bed.RestartAsync();

        await HoldsAsync(A, count, all);
    }

    [Theory, InlineData(3), InlineData(50)]
    public async Task Note_OneAfterTheOther_AreThereInOrderAfterTheProcess(int count)
    {
        int[] all = [.. Enumerable.Range(1, count)];
        foreach (var i in all)
            await NoteAsync(A, i);
        await Bed.RestartAsync();

        await HoldsAsync(A, count, all);
    }

    [Theory, InlineData(2), InlineData(40)]
    public async Task Note_ManyActors_EachHasItsOwn(int count)
    {
        string[] ids = [.. Enumerable.Range(0, count).Select(i => $"policy-{i}")];
        await Task.WhenAll(ids.Select((id, i) => NoteAsync(id, i, i + 1)));
        await Task.WhenAll(ids.Select((id, i) => NoteAsync(id, i + 2)));
        await Bed.RestartAsync();

        for (var i = 0; i < count; i++)
            await HoldsAsync(ids[i], 3, i, i + 1, i + 2);
    }

    [Theory]
    [InlineData("policy a"), InlineData("policy'a"), InlineData("policy\"a"), InlineData("policy%a"),
        InlineData("policy_a"), InlineData("policy;drop table journal"), InlineData("policy-\u00e9\u4e2d\U0001f600"),
        InlineData("@id"), InlineData(@"policy\a"), InlineData("$1")]
    public async Task Note_IdWithAnyLetters_IsThereUnderIt(string id)
    {
        await NoteAsync(id, 1);
        await NoteAsync("policy", 2);
        await Bed.RestartAsync();

        await HoldsAsync(id, 1, 1);
        await HoldsAsync("policy", 1, 2);
    }

    [Fact]
    public async Task Note_LongestId_IsThereUnderIt()
    {
        var id = new string('p', 255);
        await NoteAsync(id, 1);
        await Bed.RestartAsync();

        await HoldsAsync(id, 1, 1);
    }

    [Theory, InlineData("policy-A", "policy-a"), InlineData("policy-a", "policy-a "), InlineData("e\u0301", "\u00e9")]
    public async Task Note_IdsThatLookAlike_AreTwo(string one, string other)
    {
        await NoteAsync(one, 1);
        await NoteAsync(other, 2);
        await Bed.RestartAsync();

        await HoldsAsync(one, 1, 1);
        await HoldsAsync(other, 1, 2);
    }

    [Fact]
    public async Task Note_SameEventTwice_IsThereTwice()
    {
        await NoteAsync(A, 1, 1);
        await NoteAsync(A, 1);
        await Bed.RestartAsync();

        await HoldsAsync(A, 3, 1, 1, 1);
    }

    [Fact]
    public async Task Note_AfterTheProcess_GoesOnWithTheNextNumber()
    {
        for (var i = 1; i <= 4; i++)
        {
            await NoteAsync(A, i);
            await HoldsAsync(A, i, [.. Enumerable.Range(1, i)]);
            await Bed.RestartAsync();
        }

        await HoldsAsync(A, 4, 1, 2, 3, 4);
    }

    [Theory, Trait("Row", "NW-15")]
    [InlineData(0, new[] { 1, 2, 3 }), InlineData(1, new[] { 2, 3 }), InlineData(2, new[] { 3 }),
        InlineData(3, new int[0])]
    public async Task Delete_UpToANumber_LeavesTheLaterOnesAndTheCount(long to, int[] left)
    {
        await NoteAsync(A, 1, 2, 3);
        await DeleteAsync(A, to);
        await Bed.StopAsync(A);
        await HoldsAsync(A, 3, left);
        await Bed.RestartAsync();

        await HoldsAsync(A, 3, left);
    }

    [Fact]
    public async Task Delete_Twice_IsAsOnce()
    {
        await NoteAsync(A, 1, 2, 3);
        await DeleteAsync(A, 2);
        await DeleteAsync(A, 2);
        await DeleteAsync(A, 1);
        await Bed.RestartAsync();

        await HoldsAsync(A, 3, 3);
    }

    [Fact]
    public async Task Delete_InSteps_LeavesTheRestEachTime()
    {
        await NoteAsync(A, 1, 2, 3, 4);
        for (var to = 1; to <= 4; to++)
        {
            await DeleteAsync(A, to);
            await Bed.StopAsync(A);
            await HoldsAsync(A, 4, [.. Enumerable.Range(to + 1, 4 - to)]);
        }
    }

    [Fact, Trait("Row", "NW-15")]
    public async Task Note_AfterAllWasDeleted_UsesNoNumberAgain()
    {
        await NoteAsync(A, 1, 2);
        await DeleteAsync(A, 2);
        await Bed.RestartAsync();
        await NoteAsync(A, 3);
        await Bed.RestartAsync();

        await HoldsAsync(A, 3, 3);
    }

    [Fact]
    public async Task Note_AfterAllWasDeletedTwice_UsesNoNumberAgain()
    {
        await NoteAsync(A, 1);
        await DeleteAsync(A, 1);
        await NoteAsync(A, 2);
        await DeleteAsync(A, 2);
        await Bed.RestartAsync();

        await HoldsAsync(A, 2);
    }

    [Fact]
    public async Task Delete_OfOne_LeavesTheOther()
    {
        await NoteAsync(A, 1, 2);
        await NoteAsync(B, 3, 4);
        await DeleteAsync(A, 2);
        await Bed.RestartAsync();

        await HoldsAsync(A, 2);
        await HoldsAsync(B, 2, 3, 4);
    }

    [Fact]
    public async Task Delete_OfAnIdThatWasNeverUsed_ChangesNothing()
    {
        await DeleteAsync(A, 0);
        await Bed.RestartAsync();

        await HoldsAsync(A, 0);
    }

    private protected static object Lapsed(int minutes) => new ArrangementLapsed(Noon.AddMinutes(minutes));

    private protected Task<Diary.Content> NoteAsync(string id, params int[] events) =>
        Bed.AskAsync<Diary.Content>(id, new Diary.Note([.. events.Select(Lapsed)]));

    private protected Task<DeleteMessagesSuccess> DeleteAsync(string id, long to) =>
        Bed.AskAsync<DeleteMessagesSuccess>(id, new Diary.Delete(to));

    private protected async Task HoldsAsync(string id, long last, params int[] events)
    {
        var content = await Bed.AskAsync<Diary.Content>(id, new Diary.Read());
        Assert.Equal([.. events.Select(Lapsed)], content.Events);
        Assert.Equal(last, content.Last);
    }
}
