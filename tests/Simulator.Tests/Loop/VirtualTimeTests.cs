namespace NuCypher.P2P.Simulator.Tests;

public sealed class VirtualTimeTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly VirtualTime _time = new();
    private readonly DeterministicLoop _loop;

    public VirtualTimeTests() => _loop = new DeterministicLoop(1, _time);

    [Fact]
    public void Timers_SameInstant_FireInTheOrderOfTheirStart()
    {
        var fired = new List<int>();
        for (var i = 0; i < 10; i++)
        {
            var number = i;
            _time.Schedule(Second, () => fired.Add(number));
        }

        _loop.RunFor(Second);

        Assert.Equal(Enumerable.Range(0, 10), fired);
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public void Timers_RandomStartsAndCancels_FireExactlyWhenDue(int seed)
    {
        var random = new Random(seed);
        var due = new Dictionary<int, TimeSpan>();
        var fired = new Dictionary<int, TimeSpan>();
        for (var i = 0; i < 5000; i++)
        {
            var (number, delay) = (i, TimeSpan.FromMilliseconds(random.Next(10_000)));
            var timer = _time.CreateTimer(_ => fired.Add(number, _time.Elapsed), null, delay, Timeout.InfiniteTimeSpan);
            if (random.Next(2) == 0)
                timer.Dispose();
            else
                due[number] = delay;
        }

        _loop.RunFor(10 * Second);

        Assert.Equal(due, fired);
    }

    [Fact]
    public void Timers_Cancelled_DoNotPileUp()
    {
        for (var i = 0; i < 100_000; i++)
            _time.CreateTimer(_ => { }, null, TimeSpan.FromHours(1), Timeout.InfiniteTimeSpan).Dispose();

        Assert.InRange(_time.PendingCount, 0, 5000);
    }

    [Theory, InlineData(0), InlineData(500), InlineData(-500), InlineData(100_000)]
    public void Clock_WithDriftAndOffset_RunsFasterOrSlowerAndItsTimersFollow(int driftPpm)
    {
        var clock = _time.CreateClock(TimeSpan.FromMinutes(-3), driftPpm);
        var start = clock.GetUtcNow();
        var firedAt = new List<TimeSpan>();
        using var timer = clock.CreateTimer(
            _ => firedAt.Add(clock.GetUtcNow() - start), null, 10 * Second, 10 * Second);

        _loop.RunFor(TimeSpan.FromSeconds(35));

        Assert.Equal(TimeSpan.FromMinutes(-3), start - new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
        Assert.Equal(35 * (1 + (driftPpm / 1e6)), (clock.GetUtcNow() - start).TotalSeconds, precision: 6);
        Assert.Equal(3, firedAt.Count);
        Assert.All(
            firedAt.Index(), pair => Assert.InRange((pair.Item - ((pair.Index + 1) * 10 * Second)).Ticks, 0, 10));
    }

    [Fact]
    public void Delay_OnVirtualTime_TakesNoRealTime()
    {
        var delay = Task.Delay(TimeSpan.FromDays(30), _time);

        _loop.RunUntil(delay, TimeSpan.FromDays(31));

        Assert.Equal(TimeSpan.FromDays(30), _time.Elapsed);
    }
}
