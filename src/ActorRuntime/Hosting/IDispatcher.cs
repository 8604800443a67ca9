namespace NuCypher.P2P.ActorRuntime.Hosting;

/// <summary>The seam of scheduling: where and in which order mailboxes run.</summary>
public interface IDispatcher
{
    /// <summary>How many messages an actor handles before it lets others run.</summary>
    int Throughput { get; }

    /// <summary>How promises for callers outside of actors are completed: continuations inline or not.</summary>
    TaskCreationOptions PromiseOptions { get; }

    /// <summary>A queue for one actor's messages.</summary>
    /// <param name="capacity">How many messages may wait.</param>
    IMessageBuffer CreateBuffer(int capacity);

    /// <summary>Runs a mailbox soon, once.</summary>
    void Schedule(IThreadPoolWorkItem mailbox);

    /// <summary>Runs an action soon, outside of every actor.</summary>
    void Post(Action action);

    /// <summary>Throws if the calling thread may not touch the actors of this dispatcher.</summary>
    void CheckAccess();
}
