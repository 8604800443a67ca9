namespace NuCypher.P2P.ActorRuntime;

/// <summary>Timers of one actor, by key. A timer that was cancelled or replaced never fires, not even when its message is already queued.</summary>
/// <remarks>Timer messages are never refused by a full mailbox; a periodic timer has at most one message queued.</remarks>
public interface ITimerScheduler
{
    /// <summary>Sends a message to the actor once; replaces the timer of the same key.</summary>
    void StartSingleTimer(object key, object msg, TimeSpan timeout);

    /// <summary>Sends a message to the actor again and again; replaces the timer of the same key.</summary>
    void StartPeriodicTimer(object key, object msg, TimeSpan interval);

    /// <summary>Like the other, with another time before the first message.</summary>
    void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval);

    /// <summary>True until the timer has fired its last time or was cancelled.</summary>
    bool IsTimerActive(object key);

    /// <summary>Cancels the timer of that key, if there is one.</summary>
    void Cancel(object key);

    /// <summary>Cancels all timers.</summary>
    void CancelAll();
}
