using NuCypher.P2P.Actors;
using NuCypher.P2P.Policy.Sessions;

namespace NuCypher.P2P.Node.Hosting;

/// <summary>Asks Alice or Bob for something that takes time: passes on the progress, ends with the answer.</summary>
internal static class Errand
{
    /// <summary>Runs it; the time limit is for the case that nobody ever answers.</summary>
    /// <exception cref="TimeoutException">Nobody answered.</exception>
    public static async Task<object> RunAsync(
        ActorSystem system,
        IActorRef target,
        object message,
        Action<UrsulaOutcome> progress,
        TimeSpan timeLimit,
        CancellationToken cancellation)
    {
        var answer = new TaskCompletionSource<object>(TaskCreationOptions.RunContinuationsAsynchronously);
        var errand = system.ActorOf(ActorProps.Of(() => new Messenger(target, message, progress, answer)));
        try
        {
            return await answer.Task.WaitAsync(timeLimit, cancellation);
        }
        finally
        {
            system.Stop(errand);
        }
    }

    private sealed class Messenger : ReceiveActor
    {
        private readonly IActorRef _target;
        private readonly object _message;

        public Messenger(
            IActorRef target, object message, Action<UrsulaOutcome> progress, TaskCompletionSource<object> answer)
        {
            (_target, _message) = (target, message);
            Receive<Progress>(p => progress(p.Outcome));
            Receive<Status.Failure>(failure => answer.TrySetException(failure.Cause));
            ReceiveAny(message => answer.TrySetResult(message));
        }

        protected override void PreStart() => _target.Tell(_message, Self);
    }
}
