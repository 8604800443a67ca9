namespace NuCypher.P2P.ActorRuntime;

/// <summary>What the runtime tells a cell; handled before messages of users, never bounded, linked without allocation.</summary>
internal abstract class SystemMessage
{
    public SystemMessage? Next { get; set; }

    public sealed class Create : SystemMessage;

    public sealed class Suspend : SystemMessage;

    public sealed class Resume : SystemMessage;

    public sealed class Terminate : SystemMessage;

    public sealed class Recreate(Exception cause) : SystemMessage
    {
        public Exception Cause => cause;
    }

    public sealed class Failed(ActorCell child, Exception cause) : SystemMessage
    {
        public ActorCell Child => child;

        public Exception Cause => cause;
    }

    public sealed class Watch(IInternalActorRef watcher) : SystemMessage
    {
        public IInternalActorRef Watcher => watcher;
    }

    public sealed class Unwatch(IInternalActorRef watcher) : SystemMessage
    {
        public IInternalActorRef Watcher => watcher;
    }

    public sealed class DeathNotification(IInternalActorRef actor) : SystemMessage
    {
        public IInternalActorRef Actor => actor;
    }

    /// <summary>A continuation of an asynchronous handler.</summary>
    public sealed class RunTask(Task task) : SystemMessage
    {
        public Task Task => task;
    }

    /// <summary>An answer of the journal; waits while the actor is suspended, but not while it only holds user messages.</summary>
    public sealed class Invoke(Action action) : SystemMessage
    {
        public Action Action => action;
    }
}
