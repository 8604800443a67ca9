using System.Diagnostics;
using System.Globalization;
using Akka.Actor;
using NuCypher.P2P.Actors.Journal;
using NuCypher.P2P.Actors;
using NuCypher.P2P.Policy.Services;
using NuCypher.P2P.Actors.Ursula;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Alice;
using NuCypher.P2P.Policy.Records;
using NuCypher.P2P.Policy.Sessions;
using NuCypher.P2P.Policy.Ursula;

namespace NuCypher.P2P.Benchmarks.Policies;

/// <summary>
/// One Ursula on real SQLite: takes a number of deposits, and another process reads them all back.
/// </summary>
/// <remarks><c>dotnet run -c Release --project bench/Benchmarks -- policies 10000</c></remarks>
internal static class PolicyRecovery
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly OperatingSystemRandom Random = new();

    public static async Task Run(int count)
    {
        var folder = Directory.CreateTempSubdirectory("policies-").FullName;
        var seed = System.Security.Cryptography.RandomNumberGenerator.GetBytes(32);
        using var identity = IdentityOf(seed);
        await With(folder, identity, async ursula =>
        {
            var watch = Stopwatch.StartNew();
            await Parallel.ForEachAsync(
                Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = 64 },
                async (i, _) => await Deposit(ursula, identity, i));
            Print($"{count} grants of 1 of 1 (two signed requests each, both sides on this machine)", watch);
        });
        using var reader = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["policies-read", folder])
        {
            RedirectStandardInput = true,
        })!;
        await reader.StandardInput.WriteLineAsync(Convert.ToHexString(seed));
        await reader.WaitForExitAsync();
        Console.WriteLine($"  database {Directory.GetFiles(folder).Sum(f => new FileInfo(f).Length) >> 20} MB");
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>The other process: the folder's identity is on the standard input.</summary>
    public static async Task Read(string folder)
    {
        using var identity = IdentityOf(Convert.FromHexString(Console.ReadLine()!));
        var restart = Stopwatch.StartNew();
        await With(folder, identity, async ursula =>
        {
            var state = await ursula.Ask<UrsulaState>(new GetUrsulaState(), Limit);
            Print($"{state.Held} policies read back after a restart", restart);
            Console.WriteLine(
                $"  resident {Environment.WorkingSet >> 20} MB, managed heap {GC.GetTotalMemory(true) >> 20} MB, "
                + $"in memory {state.Active}");
        });
    }

    private static Identity IdentityOf(byte[] seed) => Identity.TryRead(seed, out var identity)
        ? identity
        : throw new InvalidOperationException("No identity has this seed.");

    private static void Print(string what, Stopwatch watch) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {watch.Elapsed.TotalSeconds:F2} s"));

    private static async Task With(string folder, Identity identity, Func<IActorRef, Task> use)
    {
        using var journal = NodeJournal.OpenOrCreate(folder, identity);
        var system = JournalBench.SystemOf(journal);
        var ursula = system.ActorOf(ActorProps.Of(() => new UrsulaActor(
            identity.Proxy, new UrsulaOptions(), new UrsulaActorOptions(), Random, ActorRefs.Nobody,
            journal.Catalog, ActorRefs.Nobody)), "ursula");
        while (!(await ursula.Ask<UrsulaState>(new GetUrsulaState(), Limit)).IsRecovered)
            await Task.Yield();
        await use(ursula);
        await system.Terminate();
    }

    private static async Task Deposit(IActorRef ursula, Identity ursulaIdentity, int number)
    {
        using var alice = Identity.Random(Random);
        var target = new ServiceTarget(
            ursulaIdentity.Id, ursulaIdentity.VerifyingKey, ursulaIdentity.EncryptingKey, new ServiceAddress(
                "127.0.0.1", 1, default));
        var now = DateTimeOffset.UtcNow;
        var terms = new GrantTerms(
            PolicyLabel.Parse($"label {number}"), alice.BobCard, 1, 1, new Validity(now, now.AddDays(30)));
        using var session = new GrantSession(terms, null, alice, new GrantOptions(), now, Random);
        var effects = new Queue<SessionEffect>(session.Start());
        while (effects.TryDequeue(out var effect))
        {
            foreach (var next in await Follow(session, effect, target, ursula, now))
                effects.Enqueue(next);
        }
    }

    private static async Task<IReadOnlyList<SessionEffect>> Follow(
        GrantSession session, SessionEffect effect, ServiceTarget target, IActorRef ursula, DateTimeOffset now)
    {
        switch (effect)
        {
            case FindCandidates:
                return session.AddCandidates([target], now);
            case DepositsPlanned:
                return session.Remembered(now);
            case CallUrsula call:
                var kind = call.Kind;
                var reply = await ursula.Ask<ServiceReply>(new ServiceRequest(kind, call.Body), Limit);
                return session.Answer(call.CallId, reply.Status, reply.Body, now);
            case GrantFailed failed:
                throw new InvalidOperationException($"A deposit failed: {failed.Failure}.");
            default:
                return [];
        }
    }
}
