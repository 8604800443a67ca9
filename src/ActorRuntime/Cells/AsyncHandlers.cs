namespace NuCypher.P2P.ActorRuntime;

/// <summary>Runs asynchronous handlers of one cell: continuations come back as system messages, the mailbox waits meanwhile.</summary>
/// <remarks>A task scheduler, not a synchronization context: it also catches <c>ContinueWith</c> and <c>StartNew</c>.</remarks>
internal sealed class AsyncHandlers(ActorCell cell) : TaskScheduler
{
    private CancellationTokenSource? _stopping;
    private int _running;

    public bool IsRunning => _running > 0;

    /// <summary>Cancelled when the actor is to stop or to restart.</summary>
    public CancellationToken Stopping => (_stopping ??= new CancellationTokenSource()).Token;

    public void Cancel() => _stopping?.Cancel();

    public void Reset() => _stopping = null;

    public void Continue(Task task)
    {
        TryExecuteTask(task);
        cell.Actor?.AfterContinuation();
    }

    public void Run(Func<Task> handler)
    {
        var start = new Task<Task>(handler);
        start.RunSynchronously(this);
        var running = start.IsFaulted ? start : start.Result;
        if (running.IsCompleted)
        {
            running.GetAwaiter().GetResult();
            return;
        }

        _running++;
        var command = cell.Command;
        running.ContinueWith(ended => End(ended, command), CancellationToken.None, TaskContinuationOptions.None, this);
    }

    protected override IEnumerable<Task> GetScheduledTasks() => [];

    protected override void QueueTask(Task task) => cell.SendSystemMessage(new SystemMessage.RunTask(task));

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && ReferenceEquals(ActorCell.Current, cell) && TryExecuteTask(task);

    private void End(Task ended, Envelope command)
    {
        _running--;
        cell.GoBackTo(command);
        if (ended.IsFaulted)
            cell.Lifecycle.Fail(ended.Exception!.InnerException!);
        else if (ended.IsCanceled && _stopping is not { IsCancellationRequested: true })
            cell.Lifecycle.Fail(new TaskCanceledException(ended));
        if (_running == 0)
            cell.Lifecycle.AfterAsyncHandlers();
    }
}
