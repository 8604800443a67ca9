namespace NuCypher.P2P.ActorRuntime.Tests.Contract;

/// <summary>The runtimes that the contract is checked on.</summary>
internal static class Runtimes
{
    private const int Seeds = 60;
    private const int ThreadPoolRuns = 10;

    public static void Each(string dispatcher, Action<TestRuntime> test)
    {
        for (var seed = 1; seed <= (dispatcher == "thread pool" ? ThreadPoolRuns : Seeds); seed++)
            Once(dispatcher, seed, test);
    }

    private static void Once(string dispatcher, int seed, Action<TestRuntime> test)
    {
        using TestRuntime runtime = dispatcher == "thread pool" ? new ThreadPoolRuntime() : new DeterministicRuntime(seed);
        try
        {
            test(runtime);
            runtime.WaitFor(runtime.System.Terminate());
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"Failed on {dispatcher}, seed {seed}: {exception.Message}", exception);
        }
    }
}
