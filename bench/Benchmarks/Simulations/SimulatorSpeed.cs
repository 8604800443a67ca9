using System.Diagnostics;
using System.Globalization;
using NuCypher.P2P.Simulator;

namespace NuCypher.P2P.Benchmarks.Simulations;

/// <summary>
/// One run of a scenario, in processor time: what others do on the machine shows in wall time above all.
/// </summary>
/// <remarks><c>dotnet run -c Release --project bench/Benchmarks -- simulation churn-1000 1</c></remarks>
internal static class SimulatorSpeed
{
    /// <param name="scenario">A scenario by name, or a file.</param>
    /// <param name="seed">Decides everything that is random.</param>
    public static void Run(string scenario, ulong seed)
    {
        var simulation = new Simulation(
            ScenarioFile.Read(
                ScenarioFile.Find(scenario) ?? File.ReadAllText(scenario), scenario), seed, guardsThreadPool: true);
        var result = simulation.Run();
        using var process = Process.GetCurrentProcess();
        var cpu = process.TotalProcessorTime;
        var lookups = (double)result.Tally["lookups"];
        Print(
            $"{scenario}, seed {seed}: {result.Scenario.Nodes:N0} nodes, {result.VirtualTime:c} of virtual time, ",
            $"{result.Violations.Count} violations, trace hash {result.TraceHash}");
        Print(
            $"  processor {cpu.TotalSeconds:F1} s (wall {result.WallTime.TotalSeconds:F1} s), ",
            $"{result.Events:N0} events: {result.Events / cpu.TotalSeconds:N0} a second");
        Print($"  {result.Network.Sent:N0} datagrams of {result.Network.Bytes / result.Network.Sent:N0} bytes");
        Print(
            $"  lookups {lookups / (lookups + result.Tally["lookups failed"]):P2} of ",
            $"{lookups + result.Tally["lookups failed"]:N0}, {result.Tally["hops"] / lookups:F2} hops");
        Print(
            $"  allocated {GC.GetTotalAllocatedBytes() >> 20:N0} MB, ",
            $"{GC.GetTotalAllocatedBytes() / result.Events:N0} bytes an event");
        Print(
            $"  collector: pauses of {GC.GetTotalPauseDuration().TotalSeconds:F1} s of wall time, ",
            $"{GC.CollectionCount(0)} collections, of them {GC.CollectionCount(1)} and {GC.CollectionCount(2)} ",
            $"of older generations");
        Print($"  resident {process.PeakWorkingSet64 >> 20:N0} MB at most");
    }

    private static void Print(params FormattableString[] parts)
    {
        foreach (var part in parts)
            Console.Write(part.ToString(CultureInfo.InvariantCulture));
        Console.WriteLine();
    }
}
