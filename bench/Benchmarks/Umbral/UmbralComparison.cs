using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using NuCypher.P2P.Umbral.Curve;

namespace NuCypher.P2P.Benchmarks.Umbral;

/// <summary>Our operations and those of umbral-pre's WASM in turns, in one run: what compare.sh starts.</summary>
internal static class UmbralComparison
{
    private const int Rounds = 101;

    /// <summary>
    /// Short beside a scheduler's time slice, so that most turns are not interrupted and the median is one of those.
    /// </summary>
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(2);

    /// <summary>Arguments: script, folder of node_modules, "scalar" or "lanes", optionally --json.</summary>
    public static void Run(string[] args)
    {
        AppContext.SetSwitch(CurveBackend.ForceWords, args[2] == "scalar");
        if (args[2] == "lanes" && !CurveBackend.Names.Contains(CurveBackend.Lanes))
            throw new PlatformNotSupportedException("This machine has no AVX-512 F and DQ; try --backend scalar.");
        using var node = StartNode(args[0], args[1]);
        var rows = Measure(new UmbralOperations().All, node);
        node.StandardInput.Close();
        node.WaitForExit();
        if (args.Contains("--json"))
            Console.WriteLine(JsonSerializer.Serialize(
                new { ratios = rows.ToDictionary(row => row.Name, row => Math.Round(row.Theirs / row.Ours, 2)) }));
        else
            Print(rows, args[2]);
    }

    private static Process StartNode(string script, string modules) => Process.Start(
        new ProcessStartInfo(
            "node", [script, modules])
        { RedirectStandardInput = true, RedirectStandardOutput = true })!;

    private static List<(string Name, double Ours, double Theirs)> Measure(
        IReadOnlyDictionary<string, Action> operations, Process node)
    {
        var counts = operations.ToDictionary(
            operation => operation.Key,
            operation =>
                (Ours: Calibrate(count => Time(operation.Value, count)), Theirs: Calibrate(
                    count => Ask(node, operation.Key, count))));
        var times = operations.Keys.ToDictionary(
            name => name, _ => (Ours: new List<double>(), Theirs: new List<double>()));
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var (name, operation) in operations)
            {
                times[name].Ours.Add(Time(operation, counts[name].Ours) / counts[name].Ours);
                times[name].Theirs.Add(Ask(node, name, counts[name].Theirs) / counts[name].Theirs);
            }
        }
        return [.. times.Select(time => (time.Key, Median(time.Value.Ours), Median(time.Value.Theirs)))];
    }

    /// <summary>Warms up, and finds how many calls take a turn.</summary>
    private static int Calibrate(Func<int, double> nanoseconds)
    {
        for (var warm = Stopwatch.StartNew(); warm.ElapsedMilliseconds < 500;)
            nanoseconds(20);
        return Math.Max(1, (int)(Turn.TotalNanoseconds / (nanoseconds(20) / 20)));
    }

    private static double Time(Action operation, int count)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i++)
            operation();
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds;
    }

    private static double Ask(Process node, string name, int count)
    {
        node.StandardInput.WriteLine($"{name} {count}");
        node.StandardInput.Flush();
        return double.Parse(node.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }

    private static void Print(List<(string Name, double Ours, double Theirs)> rows, string backend)
    {
        Console.WriteLine($"{"operation",-20}{"WASM us",10}{backend + " us",12}{"ratio",8}");
        foreach (var (name, ours, theirs) in rows)
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{name,-20}{theirs / 1000,10:F1}{ours / 1000,12:F1}{theirs / ours,8:F1}"));
    }
}
