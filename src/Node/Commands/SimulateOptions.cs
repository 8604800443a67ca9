using System.CommandLine;
using System.Globalization;
using NuCypher.P2P.Actors.Configuration;
using NuCypher.P2P.Node.CommandLine;
using NuCypher.P2P.Node.Errors;
using NuCypher.P2P.Node.Files;
using NuCypher.P2P.Simulator;

namespace NuCypher.P2P.Node.Commands;

/// <summary>The options of <c>simulate</c>, and how their texts become a scenario.</summary>
internal static class SimulateOptions
{
    private const string DefaultScenario = "demo";

    private static readonly Option<string> Scenario = new("--scenario")
    {
        Description = string.Join(
            '\n',
            [
                "A file of your own, or a scenario by name:",
                .. ScenarioFile.Names.Select(name => $"{name}: {ScenarioFile.SummaryOf(name)}"),
            ]),
        HelpName = "NAME|FILE",
        DefaultValueFactory = _ => DefaultScenario,
    };

    private static readonly Option<string?> Nodes = new("--nodes")
    {
        Description = "Nodes that serve; wins over the scenario. "
            + "Clients, searches and adversaries stay as many as they are.",
        HelpName = "N",
    };

    private static readonly Option<string?> Policies = new("--policies")
    {
        Description = "Policies that are granted; wins over the scenario. "
            + "Those on disks from the start (expiry-storm) stay.",
        HelpName = "N",
    };

    private static readonly Option<string?> Duration = new("--duration")
    {
        Description = "Virtual time of load and faults, such as 90s, 30m, 24h; wins over the scenario. "
            + "Lives of policies grow with it; the times of faults, crowds and storms stay.",
        HelpName = "TIME",
    };

    private static readonly Option<string[]> Without = new("--without")
    {
        Description = "Leave out a fault or an adversary of the scenario, by its name there, such as churn or sybils; "
            + "may be given several times.",
        HelpName = "BLOCK",
    };

    private static readonly Option<ulong> Seed = new("--seed")
    {
        Description = "Decides everything that is random; the same seed gives the same trace hash.",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
    };

    private static readonly Option<string?> Seeds =
        new("--seeds") { Description = "Many runs, a world on each core: 1..100.", HelpName = "A..B" };

    /// <summary>Where the report goes.</summary>
    public static Option<FileInfo?> Report { get; } =
        new("--report") { Description = "Write plots as one HTML file.", HelpName = "FILE" };

    /// <summary>Whether a failing run is made smaller.</summary>
    public static Option<bool> Shrink { get; } =
        new("--shrink") { Description = "After a violation, look for a shorter or smaller run that fails too." };

    /// <summary>Every option.</summary>
    public static IReadOnlyList<Option> All { get; } =
        [Scenario, Nodes, Policies, Duration, Without, Seed, Seeds, Report, Shrink];

    /// <summary>The scenario of this command line.</summary>
    /// <exception cref="CommandException">There is none, or it makes no sense.</exception>
    public static Scenario ScenarioOf(CommandContext context)
    {
        var name = context.Get(Scenario);
        var text = ScenarioFile.Find(name) ?? (File.Exists(name) ? TextOf(name) : throw new CommandException(
            ExitCode.NotFound, $"there is no scenario {name}",
            $"Name a file, or one of {string.Join(", ", ScenarioFile.Names)}."));
        try
        {
            return LeaveOut(ScenarioFile.Read(text, name, Overrides(context)), context.Get(Without) ?? []);
        }
        catch (ConfigurationException e)
        {
            throw new CommandException(
                ExitCode.Configuration, e.Message, "See docs/simulation.md for every key of a scenario.");
        }
    }

    private static string TextOf(string path) => TextFile.TryRead(path)
        ?? throw new CommandException(ExitCode.Configuration, $"{path} is not UTF-8", "Save it as UTF-8.");

    /// <summary>What the options of this command line leave as the scenario has it.</summary>
    public static IEnumerable<string> KeptBy(CommandContext context, Scenario scenario)
    {
        var (policies, faults) = (scenario.Policies, scenario.Faults);
        if (context.Get(Nodes) is not null)
            yield return FormattableString.Invariant(
                $"--nodes leaves {scenario.Clients:N0} clients, {scenario.LookupsPerMinute:N0} searches a minute ")
                + "and all adversaries as they are";
        if (context.Get(Policies) is not null && policies.Stored > 0)
            yield return FormattableString.Invariant(
                $"--policies leaves the {policies.Stored:N0} policies on disks as they are");
        var hasTimes = policies.Stored > 0 || policies.CrowdAt > TimeSpan.Zero || faults.Episodes.Count > 0;
        if (context.Get(Duration) is not null && hasTimes)
            yield return "--duration leaves the times of faults, crowds and storms as they are";
    }

    /// <summary>The first and the last seed.</summary>
    /// <exception cref="CommandException">They are not written like A..B.</exception>
    public static (ulong First, ulong Last) SeedsOf(CommandContext context)
    {
        context.RequireNotBoth(Seed, Seeds);
        if (context.Get(Seeds) is not { } text)
            return (context.Get(Seed), context.Get(Seed));
        return text.Split("..") is [var first, var last]
            && ulong.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var from)
            && ulong.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var to)
            && from <= to
            ? (from, to)
            : throw new CommandException(
                ExitCode.Usage, $"--seeds can't be \"{text}\"", "Write --seeds 1..100, the smaller number first.");
    }

    private static Scenario LeaveOut(Scenario scenario, string[] blocks)
    {
        if (Array.Find(blocks, block => !ScenarioBlocks.In(scenario).Contains(block)) is { } unknown)
            throw new CommandException(
                ExitCode.Usage, $"{scenario.Name} has no {unknown} to leave out",
                $"It has: {string.Join(", ", ScenarioBlocks.In(scenario))}.");
        return blocks.Distinct().Aggregate(scenario, ScenarioBlocks.Remove);
    }

    private static IEnumerable<KeyValuePair<string, string>> Overrides(CommandContext context)
    {
        if (context.Get(Nodes) is { } nodes)
            yield return new("nodes", nodes);
        if (context.Get(Policies) is { } policies)
            yield return new("policies.count", policies);
        if (context.Get(Duration) is { } duration)
            yield return new(
                "duration", Durations.TryParse(duration, out var time) ? Durations.Format(time) : duration);
    }
}
