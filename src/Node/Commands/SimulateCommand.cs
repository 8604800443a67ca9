using System.CommandLine;
using System.Globalization;
using NuCypher.P2P.Node.CommandLine;
using NuCypher.P2P.Simulator;

namespace NuCypher.P2P.Node.Commands;

/// <summary><c>simulate</c>: many nodes in one process, under virtual time, from a seed.</summary>
internal sealed class SimulateCommand : NodeCommand
{
    private const int MaxDefaultPolicies = 100;

    private static readonly Option<int> Nodes = new("--nodes")
    {
        Description = "Nodes that serve.",
        HelpName = "N",
        DefaultValueFactory = _ => new Scenario().Nodes,
    };

    private static readonly Option<ulong> Seed = new("--seed")
    {
        Description = "Decides everything that is random; the same seed gives the same trace hash.",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
    };

    private static readonly Option<string> Duration = new("--duration")
    {
        Description = "Virtual time of load and faults: 250ms, 5s, 10m, 6h, 30d.",
        HelpName = "TIME",
        DefaultValueFactory = _ => "1h",
    };

    private static readonly Option<int?> Policies = new("--policies")
    {
        Description = "Policies that are granted; one per node if not given, at most 100.",
        HelpName = "N",
    };

    /// <summary>The command's words.</summary>
    public SimulateCommand()
        : base(
            "simulate",
            "Run the same actors by the hundred on one thread, with a simulated network and clock.",
            "nucypher simulate --nodes 100 --seed 1 --duration 1h")
    {
        Add(Nodes);
        Add(Seed);
        Add(Duration);
        Add(Policies);
    }

    /// <inheritdoc/>
    public override Task<ExitCode> RunAsync(CommandContext context, CancellationToken cancellation)
    {
        var scenario = ScenarioOf(context);
        var progress = new SimulationProgress(context);
        var simulation = new Simulation(scenario, context.Get(Seed), guardsThreadPool: true);
        var result = simulation.Run(run =>
        {
            progress.Show(run);
            return !cancellation.IsCancellationRequested;
        });
        progress.End();
        Write(context, result);
        return Task.FromResult(
            result.Violations.Count > 0 ? ExitCode.Failed : result.IsComplete ? ExitCode.Success : ExitCode.Interrupted);
    }

    private static Scenario ScenarioOf(CommandContext context)
    {
        var nodes = NodesOf(context);
        var policies = context.Get(Policies) ?? Math.Min(nodes, MaxDefaultPolicies);
        if (policies is < 0 or > 100_000)
            throw new CommandException(ExitCode.BadInput, "--policies is out of range", "Give --policies a number from 0 to 100000.");
        return new Scenario { Nodes = nodes, Duration = DurationOf(context), Policies = new PolicyLoad { Count = policies } };
    }

    private static int NodesOf(CommandContext context) => context.Get(Nodes) is > 0 and <= 100_000 and var nodes
        ? nodes
        : throw new CommandException(ExitCode.BadInput, "--nodes is out of range", "Give --nodes a number from 1 to 100000.");

    private static TimeSpan DurationOf(CommandContext context) =>
        Durations.TryParse(context.Get(Duration), out var duration) && duration > TimeSpan.Zero
            ? duration
            : throw new CommandException(
                ExitCode.BadInput,
                $"--duration can't be \"{context.Get(Duration)}\"",
                "Give --duration a time such as 90s, 30m or 24h.");

    private static void Write(CommandContext context, SimulationResult result) => context.Write(
        new
        {
            scenario = result.Scenario.Name,
            nodes = result.Scenario.Nodes,
            seed = result.Seed,
            traceHash = result.TraceHash,
            complete = result.IsComplete,
            virtualSeconds = result.VirtualTime.TotalSeconds,
            wallSeconds = result.WallTime.TotalSeconds,
            events = result.Events,
            datagrams = result.Network.Sent,
            calls = result.Network.Calls,
            counts = result.Tally.Counts,
            violations = result.Violations.Select(violation => new
            {
                invariant = violation.Invariant,
                virtualSeconds = violation.At.TotalSeconds,
                detail = violation.Detail,
            }),
        },
        output => WriteInWords(output, result));

    private static void WriteInWords(TextWriter output, SimulationResult result)
    {
        foreach (var (name, count) in result.Tally.Counts)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-32} {count,12:N0}"));
        foreach (var violation in result.Violations)
            output.WriteLine($"VIOLATION at {violation.At:c}: {violation.Invariant}: {violation.Detail}");
        if (result.Violations.Count > 0)
            output.WriteLine($"replay: nucypher simulate --nodes {result.Scenario.Nodes} --seed {result.Seed} --duration {Durations.Format(result.Scenario.Duration)}");
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{result.VirtualTime:c} in {result.WallTime.TotalSeconds:F1} s: {result.Events:N0} events, {result.EventsPerSecond:N0} a second; {result.Network.Sent:N0} datagrams"));
        output.WriteLine($"trace hash {result.TraceHash}");
    }
}
