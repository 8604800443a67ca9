namespace NuCypher.P2P.Simulator;

/// <summary>Who asked: takes one answer, or none when the time is over, and hands it on in a turn of its own.</summary>
internal sealed class Question : MinimalActorRef
{
    private readonly DeterministicLoop _loop;
    private readonly Func<object, bool> _isAnswer;
    private readonly TaskCompletionSource<object?> _answer = new(); // its continuations run in the loop
    private readonly ITimer _limit;
    private bool _isOver;

    public Question(DeterministicLoop loop, IActorRefProvider provider, TimeSpan limit, Func<object, bool> isAnswer)
    {
        (_loop, Provider, _isAnswer) = (loop, provider, isAnswer);
        var dueTime = limit > TimeSpan.Zero ? limit : TimeSpan.Zero;
        _limit = loop.Time.CreateTimer(_ => Expire(), null, dueTime, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Null if there was none in time.</summary>
    public Task<object?> Answer => _answer.Task;

    public override ActorPath Path => Provider.RootPath / "question";

    public override IActorRefProvider Provider { get; }

    protected override void TellInternal(object message, IActorRef sender)
    {
        _loop.CheckAccess();
        if (_isOver || !_isAnswer(message))
            return;
        _limit.Dispose();
        _isOver = true;
        _loop.Post(() => _answer.SetResult(message));
    }

    private void Expire()
    {
        _isOver = true;
        _answer.SetResult(null);
    }
}
