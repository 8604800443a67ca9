namespace NuCypher.P2P.ActorRuntime;

/// <summary>Turns the end of a task into a message.</summary>
public static class PipeToSupport
{
    /// <summary>Tells the result of the task, or its failure as <see cref="Status.Failure"/>.</summary>
    /// <param name="taskToPipe">The task.</param>
    /// <param name="recipient">Who gets the message.</param>
    /// <param name="sender">Whom it sees as the sender; null for nobody.</param>
    /// <param name="success">From the result to the message; null for the result itself.</param>
    /// <param name="failure">From the exception to the message; null for <see cref="Status.Failure"/>.</param>
    /// <returns>Completes when the message was sent.</returns>
    public static Task PipeTo<T>(
        this Task<T> taskToPipe,
        ICanTell recipient,
        IActorRef? sender = null,
        Func<T, object>? success = null,
        Func<Exception, object>? failure = null)
    {
        ArgumentNullException.ThrowIfNull(taskToPipe);
        return taskToPipe.ContinueWith(
            ended => recipient.Tell(Message(ended, success, failure), sender),
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private static object Message<T>(Task<T> ended, Func<T, object>? success, Func<Exception, object>? failure)
    {
        if (ended.IsCompletedSuccessfully)
            return success is null ? ended.Result! : success(ended.Result);
        var cause = ended.Exception?.InnerException ?? new TaskCanceledException(ended);
        return failure is null ? new Status.Failure(cause) : failure(cause);
    }
}
