namespace NuCypher.P2P.ActorRuntime;

/// <summary>Stops actors and waits for it.</summary>
public static class GracefulStopSupport
{
    /// <summary>Sends a poison pill and waits until the actor has stopped.</summary>
    /// <returns>True if it stopped within the time limit.</returns>
    public static Task<bool> GracefulStop(this IActorRef target, TimeSpan timeout) =>
        GracefulStop(target, timeout, PoisonPill.Instance);

    /// <summary>Sends a message that makes the actor stop, and waits until it has.</summary>
    /// <returns>True if it stopped within the time limit.</returns>
    public static Task<bool> GracefulStop(this IActorRef target, TimeSpan timeout, object stopMessage)
    {
        if (target is not IInternalActorRef subject)
            throw new ArgumentException($"{target} cannot be stopped.", nameof(target));
        var promise = new PromiseActorRef<Terminated>(subject.System);
        promise.Start(timeout, target, CancellationToken.None);
        subject.SendSystemMessage(new SystemMessage.Watch(promise));
        subject.Tell(stopMessage, null);
        return promise.Result.ContinueWith(
            ended =>
            {
                subject.SendSystemMessage(new SystemMessage.Unwatch(promise));
                return ended.Exception is null;
            },
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }
}
