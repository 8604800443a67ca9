using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using NuCypher.P2P.Actors.Alice;
using NuCypher.P2P.Actors.Bob;
using NuCypher.P2P.Node.Configuration;
using NuCypher.P2P.Node.Demo;
using NuCypher.P2P.Policy;

namespace NuCypher.P2P.Benchmarks.Swarm;

/// <summary>A swarm on loopback with real UDP, HTTPS and SQLite in one process: how long do people wait?</summary>
/// <remarks>
/// <c>dotnet run -c Release --project bench/Benchmarks -- swarm 20</c>. Both sides and all Ursulas share this machine.
/// A retrieval is the whole of it: map, node records, re-encryption by three of five, proofs checked, file decrypted
/// and compared.
/// </remarks>
internal static class SwarmLatency
{
    private const int Rounds = 50;

    public static async Task Run(int nodes)
    {
        var folder = Directory.CreateTempSubdirectory("swarm-").FullName;
        await using (var swarm = new DemoSwarm(folder, new NodeSettings(), NullLoggerFactory.Instance))
        {
            var join = Stopwatch.StartNew();
            await swarm.StartAsync(nodes, CancellationToken.None);
            Print($"start {nodes} Ursulas and 3 clients, all joined", [join.Elapsed]);
            await Measure(swarm);
        }

        Directory.Delete(folder, recursive: true);
    }

    private static async Task Measure(DemoSwarm swarm)
    {
        var (grants, policies) = (new List<TimeSpan>(), new List<(DemoPolicy Policy, GrantPublished Grant)>());
        for (var i = 0; i < Rounds; i++)
        {
            var policy = new DemoPolicy(swarm, PolicyLabel.Parse($"file {i}"), new byte[1024]);
            policy.Encrypt();
            var watch = Stopwatch.StartNew();
            policies.Add(
                (policy, (GrantPublished)await policy.GrantAsync(3, 5, TimeSpan.FromHours(1), CancellationToken.None)));
            grants.Add(watch.Elapsed);
        }

        Print("grant 3 of 5 and publish its map", grants);
        Print(
            "fetch and open a map",
            await Each(policies, async policy => await Check<MapFetched>(await DemoSwarm.AskAsync(
                swarm.Bob, swarm.Bob.Running.Actors.Bob,
                new FetchMap(swarm.Alice.Identity.VerifyingKey, policy.Policy.Label),
                CancellationToken.None))));
        Print("retrieve with 3 of 5", await Each(policies, policy => policy.Policy.ReadAsync(CancellationToken.None)));
        var victims = policies[0].Grant.Grant.Holders.Take(2).Select(holder => holder.Ursula).ToHashSet();
        foreach (var ursula in swarm.Ursulas.Where(node => victims.Contains(node.Identity.Id)).ToList())
            await ursula.KillAsync();
        Print(
            "retrieve with 2 of the 5 just killed",
            await Each(policies[..1], policy => policy.Policy.ReadAsync(CancellationToken.None)));
        Print(
            "retrieve, 2 nodes of the swarm dead",
            await Each(policies, policy => policy.Policy.ReadAsync(CancellationToken.None)));
    }

    private static async Task<List<TimeSpan>> Each<T>(
        List<(DemoPolicy Policy, GrantPublished Grant)> policies, Func<(DemoPolicy Policy, GrantPublished Grant),
        Task<T>> act)
    {
        var times = new List<TimeSpan>();
        foreach (var policy in policies)
        {
            var watch = Stopwatch.StartNew();
            await act(policy);
            times.Add(watch.Elapsed);
        }

        return times;
    }

    private static Task<T> Check<T>(object answer) =>
        answer is T expected ? Task.FromResult(expected) : throw new InvalidOperationException($"Got {answer}.");

    private static void Print(string what, List<TimeSpan> times)
    {
        double[] sorted = [.. times.Select(time => time.TotalMilliseconds).Order()];
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{what,-46} n {sorted.Length,3}   p50 {sorted[sorted.Length / 2],8:F1} ms   "
            + $"p95 {sorted[(int)(0.95 * (sorted.Length - 1))],8:F1} ms   max {sorted[^1],8:F1} ms"));
    }
}
