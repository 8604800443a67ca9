using System.Diagnostics;
using System.Globalization;
using NuCypher.P2P.Actors.Network;
using NuCypher.P2P.Dht;

namespace NuCypher.P2P.DhtBench;

/// <summary>Every part of the bench, in order.</summary>
/// <remarks>
/// Values of 200 bytes, the node's default k, alpha and quorum. The process is warmed up with a small swarm first. What
/// is asked of whom is drawn from a fixed seed; ids and ports are not.
/// </remarks>
internal sealed class Suite(BenchOptions options)
{
    private const int Seed = 1;
    private const int ManyAtOnce = 32;
    private const int Values = 1000;
    private const int ValueSize = 200;
    private const double Loss = 0.05;
    private const double Dead = 0.2;

    private readonly Dictionary<string, object> _report = new() { ["nodes"] = options.Nodes };
    private readonly Random _random = new(Seed);
    private readonly (NodeId Key, PlainValue Value)[] _values = new (NodeId, PlainValue)[Values];

    public static async Task<IReadOnlyDictionary<string, object>> RunAsync(BenchOptions options)
    {
        await WarmUpAsync();
        var suite = new Suite(options);
        await suite.RunAsync();
        return suite._report;
    }

    private static async Task WarmUpAsync()
    {
        var small = new Suite(new BenchOptions(25, false, []));
        small.DrawValues();
        await using var swarm = new Swarm();
        await swarm.OpenAsync(25);
        await swarm.JoinAsync();
        await small.SetAsync(swarm, 0, Values / 2, 1);
        await small.GetAsync(swarm, 2 * Values, 1, Values / 2);
        await small.GetAsync(swarm, 2 * Values, ManyAtOnce, Values / 2);
    }

    private async Task RunAsync()
    {
        DrawValues();
        var before = ResidentKib();
        await using (var swarm = new Swarm())
        {
            await swarm.OpenAsync(options.Nodes);
            _report["join"] = await MeasureJoinAsync(swarm);
            if (options.Wants("memory"))
                _report["memory"] = await MemoryAsync(swarm, before);
            _report["set"] = await SetAsync(swarm, 0, Values / 2, 1);
            _report["set32"] = await SetAsync(swarm, Values / 2, Values / 2, ManyAtOnce);
            if (options.Wants("get"))
                _report["get"] = await GetAsync(swarm, 3000, 1);
            if (options.Wants("miss"))
                _report["miss"] = await MissAsync(swarm, 1000, 1);
            if (options.Wants("get32"))
                _report["get32"] = await GetAsync(swarm, 6000, ManyAtOnce);
            if (options.Wants("echo"))
                _report["echo"] = await EchoAsync(swarm);
            if (options.Wants("dead"))
                _report["dead"] = await DeadAsync(swarm);
        }
        if (options.Wants("loss"))
            _report["loss"] = await LossAsync();
    }

    private void DrawValues()
    {
        var bytes = new byte[ValueSize];
        for (var i = 0; i < Values; i++)
        {
            _random.NextBytes(bytes);
            _values[i] = (NodeId.Random(_random), PlainValue.FromBytes(bytes));
        }
    }

    private static async Task<Figures> MeasureJoinAsync(Swarm swarm)
    {
        var meter = new Meter(swarm);
        await meter.StartAsync();
        var driven = await swarm.JoinAsync();
        return Merge(await meter.StopAsync(driven.Waits.Length, settle: true), driven);
    }

    private Task<Figures> SetAsync(
        Swarm swarm, int first, int count, int inFlight) => MeasureAsync(swarm, new DriverActor.Drive(
        count,
        inFlight,
        i => (Pick(swarm), new SetValue(i, _values[first + i].Key, _values[first + i].Value)),
        (_, outcome) => outcome is Stored { Acknowledged: > 0 } stored && stored.Acknowledged == stored.Asked));

    private Task<Figures> GetAsync(Swarm swarm, int count, int inFlight, int among = Values)
    {
        var keys = Enumerable.Range(0, count).Select(_ => _random.Next(among)).ToArray();
        return MeasureAsync(swarm, new DriverActor.Drive(
            count,
            inFlight,
            i => (Pick(swarm), new GetValue(i, _values[keys[i]].Key)),
            (i, outcome) => outcome is ValueFound found && found.Value.Equals(_values[keys[i]].Value)));
    }

    private Task<Figures> MissAsync(Swarm swarm, int count, int inFlight) => MeasureAsync(swarm, new DriverActor.Drive(
        count,
        inFlight,
        i => (Pick(swarm), new GetValue(i, NodeId.Random(_random))),
        (_, outcome) => outcome is OperationFailed { Failure: DhtFailure.NotFound }));

    private async Task<object> DeadAsync(Swarm swarm)
    {
        await swarm.KillAsync((int)(options.Nodes * Dead));
        var get = await GetAsync(swarm, 2000, ManyAtOnce);
        return new { get, miss = await MissAsync(swarm, 500, ManyAtOnce) };
    }

    private async Task<Figures> LossAsync()
    {
        await using var swarm = new Swarm(Loss);
        await swarm.OpenAsync(options.Nodes);
        await swarm.JoinAsync();
        await SetAsync(swarm, 0, Values / 2, ManyAtOnce);
        return await GetAsync(swarm, 2000, 1, Values / 2);
    }

    private async Task<Figures> EchoAsync(Swarm swarm)
    {
        var (key, value) = _values[0];
        await swarm.DriveAsync(new DriverActor.Drive(
            1, 1, i => (swarm.Nodes[0], new SetValue(i, key, value)), (_, _) => true));
        foreach (var node in swarm.Nodes)
        {
            if (await Flood.AsksAsync(node.Address, key))
                return await Flood.MeasureAsync(node.Address, key);
        }
        throw new InvalidOperationException("nobody holds the value");
    }

    private static async Task<Figures> MemoryAsync(Swarm swarm, double before)
    {
        await swarm.QuietAsync();
        var (cpu, wakeUps) = (Environment.CpuUsage.TotalTime, WakeUps());
        await Task.Delay(TimeSpan.FromSeconds(2));
        var (idle, woken) = ((Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds / 2, (WakeUps() - wakeUps) / 2.0);
        var resident = ResidentKib();
        return new Figures
        {
            KibPerNode = Meter.Round((resident - before) / swarm.Nodes.Count),
            ProcessKibPerNode = Meter.Round(resident / swarm.Nodes.Count),
            Threads = Directory.GetDirectories("/proc/self/task").Length,
            WakeUpsPerSecond = Meter.Round(woken),
            IdleCpuMs = Meter.Round(idle),
        };
    }

    private static async Task<Figures> MeasureAsync(Swarm swarm, DriverActor.Drive drive)
    {
        var meter = new Meter(swarm);
        await meter.StartAsync();
        var driven = await swarm.DriveAsync(drive);
        return Merge(await meter.StopAsync(drive.Operations, settle: false), driven);
    }

    private static Figures Merge(Figures figures, DriverActor.Driven driven)
    {
        var waits = driven.Waits.Order().ToArray();
        return figures with
        {
            Correct = driven.Correct,
            P50Ms = Meter.Round(waits[waits.Length / 2]),
            P99Ms = Meter.Round(waits[(int)(0.99 * (waits.Length - 1))]),
        };
    }

    private static double ResidentKib()
    {
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64 / 1024.0;
    }

    /// <summary>How often the threads of this process have given up the processor to wait.</summary>
    private static long WakeUps() => Directory.GetDirectories("/proc/self/task").Sum(task =>
        File.ReadLines(Path.Combine(task, "status"))
            .Where(line => line.StartsWith("voluntary_ctxt_switches:", StringComparison.Ordinal))
            .Sum(line => long.Parse(
                line.AsSpan(line.IndexOf(':', StringComparison.Ordinal) + 1), CultureInfo.InvariantCulture)));

    private BenchNode Pick(Swarm swarm) => swarm.Nodes[_random.Next(swarm.Nodes.Count)];
}
