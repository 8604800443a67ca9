namespace NuCypher.P2P.ActorRuntime.Tests.Contract;

public sealed class CoordinatedShutdownTests
{
    [Theory, OnBothDispatchers]
    public void Run_TasksOfSeveralPhases_InOrderAndLateOrFailedOnesArePassedOver(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var ran = new List<string>();
        var shutdown = CoordinatedShutdown.Get(runtime.System);
        void Add(string phase, Func<Task<Done>> task) => shutdown.AddTask(phase, phase, () =>
        {
            ran.Add(phase);
            return task();
        });
        Add(CoordinatedShutdown.PhaseBeforeActorSystemTerminate, () => Task.FromResult(Done.Instance));
        Add(CoordinatedShutdown.PhaseServiceUnbind, () => new TaskCompletionSource<Done>().Task);
        Add(CoordinatedShutdown.PhaseServiceStop, () => throw new InvalidOperationException());
        Add(CoordinatedShutdown.PhaseServiceRequestsDone, () => Task.FromException<Done>(new InvalidOperationException()));

        var run = shutdown.Run(CoordinatedShutdown.Reason.ClrExit);
        Assert.Same(run, shutdown.Run(CoordinatedShutdown.Reason.Unknown));
        runtime.Advance(runtime.Options.ShutdownPhaseTimeout);
        runtime.WaitFor(run);

        Assert.Equal(
            [
                CoordinatedShutdown.PhaseServiceUnbind, CoordinatedShutdown.PhaseServiceRequestsDone,
                CoordinatedShutdown.PhaseServiceStop, CoordinatedShutdown.PhaseBeforeActorSystemTerminate,
            ],
            ran);
        Assert.True(runtime.System.WhenTerminated.IsCompleted);
        Assert.Equal(CoordinatedShutdown.Reason.ClrExit, shutdown.ShutdownReason);
    });

    [Fact]
    public void AddTask_UnknownPhase_Throws()
    {
        using var system = ActorSystem.Create("test");

        Assert.Throws<ArgumentException>(() => CoordinatedShutdown.Get(system).AddTask("no-such-phase", "x", () => Task.FromResult(Done.Instance)));
    }
}
