using NuCypher.P2P.ActorRuntime.Hosting;

namespace NuCypher.P2P.ActorRuntime.Tests.Contract;

/// <summary>A system on a seeded loop and virtual time.</summary>
internal sealed class DeterministicRuntime : TestRuntime
{
    private readonly DeterministicDispatcher _dispatcher;

    public DeterministicRuntime(int seed)
        : this(new DeterministicDispatcher(seed, new VirtualTime()), seed)
    {
    }

    private DeterministicRuntime(DeterministicDispatcher dispatcher, int seed)
        : base(new ActorSystemOptions { Dispatcher = dispatcher, TimeProvider = dispatcher.Time, Random = new Random(seed) }) =>
        _dispatcher = dispatcher;

    public string TraceHash => _dispatcher.Trace.ToString();

    public override void WaitUntil(Func<bool> condition, string what)
    {
        if (!_dispatcher.RunUntil(condition, TimeSpan.Zero))
            throw new TimeoutException($"Nothing is left to do, and there is no {what}.");
    }

    public override void Settle() => _dispatcher.RunUntilIdle();

    public override void Advance(TimeSpan duration) => _dispatcher.RunFor(duration);
}
