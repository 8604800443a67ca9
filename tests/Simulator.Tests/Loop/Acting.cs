namespace NuCypher.P2P.Simulator.Tests;

/// <summary>An actor that does with each message what a test says.</summary>
internal sealed class Acting(Action<Acting, object> act) : UntypedActor, IWithTimers
{
    private const int Children = 30;

    public ITimerScheduler Timers { get; set; } = null!; // set by the runtime before PreStart

    /// <summary>Who sent the message.</summary>
    public IActorRef Asker => Sender;

    /// <summary>Sends something later.</summary>
    public void Schedule(TimeSpan delay, IActorRef target, object message) =>
        Context.System.Scheduler.ScheduleTellOnce(delay, target, message, Self);

    /// <summary>Starts children, or stops them all, and notes in which order they ended.</summary>
    public static void HandleFamily(object message, List<string> ended)
    {
        if (message is Terminated terminated)
            ended.Add(terminated.ActorRef.Path.Name);
        for (var i = 0; i < Children && message is "raise"; i++)
            Context.Watch(Context.ActorOf(ActorProps.Of(() => new Acting((_, _) => { })), $"child-{i}"));
        foreach (var child in message is "stop" ? Context.GetChildren() : [])
            Context.Stop(child);
    }

    protected override void OnReceive(object message) => act(this, message);
}
