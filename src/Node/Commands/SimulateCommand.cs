using System.Text;
using NuCypher.P2P.Node.CommandLine;
using NuCypher.P2P.Node.Errors;
using NuCypher.P2P.Node.Files;
using NuCypher.P2P.Simulator;

namespace NuCypher.P2P.Node.Commands;

/// <summary><c>simulate</c>: many nodes in one process, under virtual time, from a seed.</summary>
internal sealed class SimulateCommand : NodeCommand
{
    /// <summary>The command's words.</summary>
    public SimulateCommand()
        : base(
            "simulate",
            "Run the same actors by the thousand on one thread, with a simulated network, disks and clocks.",
            "nucypher simulate --nodes 100 --seed 1 --duration 1h")
    {
        foreach (var option in SimulateOptions.All)
            Add(option);
    }

    /// <inheritdoc/>
    /// <remarks>
    /// On a thread of its own: Ctrl-C is heard only once this has returned, and the pool must have nothing to do.
    /// </remarks>
    public override Task<ExitCode> RunAsync(
        CommandContext context, CancellationToken cancellation) => Task.Factory.StartNew(
        () =>
            Run(context, cancellation), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static ExitCode Run(CommandContext context, CancellationToken cancellation)
    {
        var scenario = SimulateOptions.ScenarioOf(context);
        foreach (var kept in SimulateOptions.KeptBy(context, scenario))
            context.Say(kept);
        using var report = context.Get(SimulateOptions.Report) is { } file
            ? new OutputFile(file.FullName, Modes.Shared)
            : null; // before the run, which may be long: a path that can't be written is known now
        var results = SimulateOptions.SeedsOf(context) is var (first, last) && first != last
            ? RunMany(context, scenario, first, last, cancellation)
            : [RunOne(context, scenario, first, cancellation)];
        if (context.Get(SimulateOptions.Shrink) && results.FirstOrDefault(
            result => result.Violations.Count > 0) is { } failing)
            results = [Shrink(context, failing, cancellation)];
        if (report is not null)
            WriteReport(context, report, results);
        SimulationWriter.Write(context, results);
        return CodeOf(results, cancellation);
    }

    private static SimulationResult RunOne(
        CommandContext context, Scenario scenario, ulong seed, CancellationToken cancellation)
    {
        context.Say(
            $"simulating {SimulationWriter.Words(scenario)} --seed {seed}; Ctrl-C ends it with the summary so far");
        var progress = new SimulationProgress(context);
        progress.Begin(scenario.Nodes);
        var result = new Simulation(scenario, seed, guardsThreadPool: true, cancellation).Run(progress.Show);
        progress.End();
        return result;
    }

    private static IReadOnlyList<SimulationResult> RunMany(
        CommandContext context, Scenario scenario, ulong first, ulong last, CancellationToken cancellation)
    {
        var progress = new SimulationProgress(context);
        var results = SeedSweep.Run(scenario, first, last, Environment.ProcessorCount, result =>
        {
            progress.Count(result, last - first + 1);
            return true;
        }, cancellation);
        progress.End();
        return results;
    }

    private static SimulationResult Shrink(
        CommandContext context, SimulationResult failing, CancellationToken cancellation) =>
        Shrinker.Shrink(failing, result =>
        {
            var verdict = result.Violations.Count > 0 ? "fails" : "holds";
            context.Say($"tried {SimulationWriter.Words(result.Scenario)}: {verdict}");
            return !cancellation.IsCancellationRequested;
        }, cancellation);

    private static void WriteReport(CommandContext context, OutputFile report, IReadOnlyList<SimulationResult> results)
    {
        report.Write(Encoding.UTF8.GetBytes(SimulationReport.ToHtml(results)));
        report.Commit();
        context.Say($"report: {context.Get(SimulateOptions.Report)!.FullName}"); // there is one
    }

    private static ExitCode CodeOf(IReadOnlyList<SimulationResult> results, CancellationToken cancellation) =>
        results.Any(result => result.Violations.Count > 0) ? ExitCode.Failed
        : cancellation.IsCancellationRequested ? ExitCode.Interrupted
        : ExitCode.Success;
}
