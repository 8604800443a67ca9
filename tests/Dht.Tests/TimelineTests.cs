namespace NuCypher.P2P.Dht.Tests;

public sealed class TimelineTests
{
    private static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Timeline _timeline = new();
    private readonly List<int> _done = [];

    public TimelineTests() => _timeline.Advance(Start);

    [Fact]
    public void RunDue_SeveralDeadlines_RunInOrderOfTimeThenRequest()
    {
        After(2, 1);
        After(1, 2);
        After(2, 3);
        After(3, 4);

        _timeline.Advance(Start.AddSeconds(2));
        _timeline.RunDue();

        Assert.Equal([2, 1, 3], _done);
        Assert.Equal(_timeline.Now.AddSeconds(1), _timeline.Next);
    }

    [Fact]
    public void Cancel_ThousandsOfDeadlines_KeepsOnlyTheOthersInMemory()
    {
        for (var i = 0; i < 10_000; i++)
            _timeline.Cancel(After(1, i));
        var last = After(1, -1);

        Assert.Equal(1, _timeline.Count);
        _timeline.Advance(Start.AddSeconds(1));
        _timeline.RunDue();
        _timeline.Cancel(last);

        Assert.Equal([-1], _done);
        Assert.Equal(0, _timeline.Count);
    }

    [Fact]
    public void RunDue_AfterABurst_GivesItsRoomBack()
    {
        for (var i = 0; i < 1000; i++)
            After(1, i);
        After(2, -1);

        _timeline.Advance(Start.AddSeconds(1));
        _timeline.RunDue();

        Assert.Equal(1000, _done.Count);
        Assert.InRange(_timeline.Capacity, 1, 64);
    }

    [Fact]
    public void Cancel_DeadlineThatWasReached_DoesNotCount()
    {
        var reached = After(1, 1);
        After(2, 2);
        _timeline.Advance(Start.AddSeconds(1));
        _timeline.RunDue();

        _timeline.Cancel(reached);

        Assert.Equal(1, _timeline.Count);
    }

    [Fact]
    public void Advance_ClockSetBack_DelaysDeadlinesByNoMoreThanItStoodStill()
    {
        After(2, 1);
        _timeline.Advance(Start.AddSeconds(1));
        _timeline.Advance(Start.AddHours(-1));
        _timeline.RunDue();
        Assert.Empty(_done);

        _timeline.Advance(Start.AddHours(-1).AddSeconds(1));
        _timeline.RunDue();

        Assert.Equal([1], _done);
        Assert.Equal(Start.AddHours(-1).AddSeconds(1), _timeline.Clock);
    }

    private Timeline.Deadline After(int seconds, int number) =>
        _timeline.After(TimeSpan.FromSeconds(seconds), () => _done.Add(number));
}
