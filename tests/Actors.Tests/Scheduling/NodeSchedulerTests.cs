using System.Diagnostics;
using Akka.Configuration;
using NuCypher.P2P.Actors.Scheduling;

namespace NuCypher.P2P.Actors.Tests.Scheduling;

/// <summary>The scheduler of production, on its real thread.</summary>
public sealed class NodeSchedulerTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private readonly NodeScheduler _scheduler = new(ConfigurationFactory.Empty, NoLogger.Instance);

    private IActionScheduler Actions => ((IScheduler)_scheduler).Advanced;

    public void Dispose() => _scheduler.Dispose();

    [Fact]
    public async Task ScheduleOnce_SeveralDelays_FiresInTheOrderOfDueTimes()
    {
        var fired = new List<int>();
        var done = new TaskCompletionSource();
        foreach (var delay in (int[])[40, 10, 30, 20])
            Actions.ScheduleOnce(TimeSpan.FromMilliseconds(delay), () => fired.Add(delay));
        Actions.ScheduleOnce(TimeSpan.FromMilliseconds(50), done.SetResult);

        await done.Task.WaitAsync(Limit, TestContext.Current.CancellationToken);

        Assert.Equal([10, 20, 30, 40], fired);
    }

    [Fact]
    public async Task ScheduleOnce_SameDueTime_FiresInTheOrderOfScheduling()
    {
        var fired = new List<int>();
        var done = new TaskCompletionSource();
        Actions.ScheduleOnce(TimeSpan.Zero, () =>
        {
            for (var i = 0; i < 100; i++)
            {
                var number = i;
                Actions.ScheduleOnce(TimeSpan.Zero, () => fired.Add(number));
            }

            Actions.ScheduleOnce(TimeSpan.FromMilliseconds(1), done.SetResult);
        });

        await done.Task.WaitAsync(Limit, TestContext.Current.CancellationToken);

        Assert.Equal(Enumerable.Range(0, 100), fired);
    }

    [Fact]
    public async Task ScheduleOnce_AnyDelay_NeverFiresBeforeItIsDue()
    {
        var random = new Random(11);
        var early = 0;
        using var left = new CountdownEvent(200);
        var done = new TaskCompletionSource();
        for (var i = 0; i < 200; i++)
        {
            var (delay, start) = (TimeSpan.FromMicroseconds(random.Next(0, 30_000)), Stopwatch.GetTimestamp());
            Actions.ScheduleOnce(delay, () =>
            {
                if (Stopwatch.GetElapsedTime(start) < delay)
                    Interlocked.Increment(ref early);
                if (left.Signal())
                    done.SetResult();
            });
        }

        await done.Task.WaitAsync(Limit, TestContext.Current.CancellationToken);

        Assert.Equal(0, early);
    }

    [Fact]
    public async Task Cancel_BeforeItIsDue_NeverFires()
    {
        var fired = false;
        var done = new TaskCompletionSource();
        var cancelable = new Cancelable(Actions);
        Actions.ScheduleOnce(TimeSpan.FromMilliseconds(20), () => fired = true, cancelable);
        Actions.ScheduleOnce(TimeSpan.FromMilliseconds(60), done.SetResult);

        cancelable.Cancel();

        await done.Task.WaitAsync(Limit, TestContext.Current.CancellationToken);
        Assert.False(fired);
    }

    [Fact]
    public async Task ScheduleRepeatedly_UntilCancelled_GoesOnAtItsInterval()
    {
        var (count, cancelable, done) = (0, new Cancelable(Actions), new TaskCompletionSource());
        Actions.ScheduleRepeatedly(TimeSpan.Zero, TimeSpan.FromMilliseconds(5), () =>
        {
            if (++count == 10)
            {
                cancelable.Cancel();
                Actions.ScheduleOnce(TimeSpan.FromMilliseconds(40), done.SetResult);
            }
        }, cancelable);

        await done.Task.WaitAsync(Limit, TestContext.Current.CancellationToken);

        Assert.Equal(10, count);
    }

    [Fact]
    public async Task Fire_ActionThatFails_TakesNoOtherWithIt()
    {
        var done = new TaskCompletionSource();
        Actions.ScheduleOnce(TimeSpan.Zero, () => throw new InvalidOperationException("on purpose"));
        Actions.ScheduleOnce(TimeSpan.FromMilliseconds(1), done.SetResult);

        await done.Task.WaitAsync(Limit, TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Schedule_ManyThatWereCancelled_TakesNoMemoryForThem()
    {
        for (var i = 0; i < 100_000; i++)
        {
            var cancelable = new Cancelable(Actions);
            Actions.ScheduleOnce(TimeSpan.FromHours(1), () => { }, cancelable);
            cancelable.Cancel();
        }

        Assert.InRange(_scheduler.PendingCount, 0, 2048);
    }
}
