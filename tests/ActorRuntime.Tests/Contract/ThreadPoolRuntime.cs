using NuCypher.P2P.ActorRuntime.Hosting;

namespace NuCypher.P2P.ActorRuntime.Tests.Contract;

/// <summary>A system on real threads, with a clock that the test moves.</summary>
internal sealed class ThreadPoolRuntime : TestRuntime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly CountingDispatcher _dispatcher;
    private readonly ManualTime _time;

    public ThreadPoolRuntime()
        : this(new CountingDispatcher(), new ManualTime())
    {
    }

    private ThreadPoolRuntime(CountingDispatcher dispatcher, ManualTime time)
        : base(new ActorSystemOptions { Dispatcher = dispatcher, TimeProvider = time }) =>
        (_dispatcher, _time) = (dispatcher, time);

    public override void WaitUntil(Func<bool> condition, string what)
    {
        if (!SpinWait.SpinUntil(condition, Limit))
            throw new TimeoutException($"No {what} after {Limit}.");
    }

    public override void Settle() => WaitUntil(() => _dispatcher.IsIdle, "rest");

    public override void Advance(TimeSpan duration)
    {
        Settle();
        var end = _time.GetUtcNow() + duration;
        while (_time.TryAdvance(end))
            Settle();
    }

    /// <summary>The thread pool, with a count of what it has not done yet.</summary>
    private sealed class CountingDispatcher : IDispatcher
    {
        private readonly ThreadPoolDispatcher _pool = ThreadPoolDispatcher.Instance;
        private int _open;

        public bool IsIdle => Volatile.Read(ref _open) == 0;

        public int Throughput => _pool.Throughput;

        public TaskCreationOptions PromiseOptions => _pool.PromiseOptions;

        public IMessageBuffer CreateBuffer(int capacity) => _pool.CreateBuffer(capacity);

        public void Schedule(IThreadPoolWorkItem mailbox) => Post(mailbox.Execute);

        public void Post(Action action)
        {
            Interlocked.Increment(ref _open);
            _pool.Post(() =>
            {
                action();
                Interlocked.Decrement(ref _open);
            });
        }

        public void CheckAccess() => _pool.CheckAccess();
    }
}
