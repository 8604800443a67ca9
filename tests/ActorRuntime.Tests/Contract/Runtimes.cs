using System.Globalization;

namespace NuCypher.P2P.ActorRuntime.Tests.Contract;

/// <summary>The runtimes that the contract is checked on.</summary>
internal static class Runtimes
{
    private static readonly int Seeds = 100 * Factor;
    private static readonly int ThreadPoolRuns = 10 * Factor;

    /// <summary>How much longer than usual to look: the variable CONTRACT_FACTOR, 1 if it is not set.</summary>
    public static int Factor => int.Parse(Environment.GetEnvironmentVariable("CONTRACT_FACTOR") ?? "1", CultureInfo.InvariantCulture);

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
