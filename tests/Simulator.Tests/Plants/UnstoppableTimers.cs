namespace NuCypher.P2P.Simulator.Tests;

/// <summary>A planted bug: a timer that was cancelled or replaced fires all the same.</summary>
internal sealed class UnstoppableTimers(ITimerScheduler timers) : ITimerScheduler
{
    private int _started;

    public void StartSingleTimer(object key, object msg, TimeSpan timeout) => timers.StartSingleTimer(Another(key), msg, timeout);

    public void StartPeriodicTimer(object key, object msg, TimeSpan interval) => timers.StartPeriodicTimer(key, msg, interval);

    public void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval) =>
        timers.StartPeriodicTimer(key, msg, initialDelay, interval);

    public bool IsTimerActive(object key) => timers.IsTimerActive(key);

    public void Cancel(object key)
    {
    }

    public void CancelAll()
    {
    }

    private (object Key, int Number) Another(object key) => (key, ++_started);
}
