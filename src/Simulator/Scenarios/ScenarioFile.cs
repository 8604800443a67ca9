using NuCypher.P2P.Actors.Configuration;
using NuCypher.P2P.Actors.Ursula;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy.Ursula;

namespace NuCypher.P2P.Simulator;

/// <summary>Reads scenarios: those that come with the simulator, by name, and files that users write.</summary>
/// <remarks>
/// Keys are those of the records with hyphens. What is unknown, impossible or too large for this machine is refused
/// before the run.
/// </remarks>
public static class ScenarioFile
{
    /// <summary>The most nodes of a scenario.</summary>
    public const int MaxNodes = 200_000;

    private const string Folder = "NuCypher.P2P.Simulator.Scenarios.Builtin.";
    private const string Ending = ".hocon";

    /// <summary>What one node takes at least, in bytes: measured with few contacts.</summary>
    private const long MinNodeSize = 10_000;

    /// <summary>The names of the scenarios that come with the simulator, in ordinal order.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. typeof(ScenarioFile).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .Select(name => name[Folder.Length..^Ending.Length])
            .Order(StringComparer.Ordinal)];

    /// <summary>The text of a scenario that comes with the simulator; null if there is none of that name.</summary>
    public static string? Find(string name)
    {
        using var stream = typeof(ScenarioFile).Assembly.GetManifestResourceStream($"{Folder}{name}{Ending}");
        if (stream is null)
            return null;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>What a scenario that comes with the simulator shows: its first line.</summary>
    public static string SummaryOf(string name) => Find(name)!.Split('\n')[0].TrimStart('#', ' ').TrimEnd();

    /// <summary>Reads a scenario.</summary>
    /// <param name="text">HOCON.</param>
    /// <param name="origin">The name of the file, for errors.</param>
    /// <param name="overrides">Keys and values from the command line, which win.</param>
    /// <exception cref="ConfigurationException">It is malformed or makes no sense; the exception names file and
    /// line.</exception>
    public static Scenario Read(string text, string origin, params IEnumerable<KeyValuePair<string, string>> overrides)
    {
        var root = Hocon.Parse(text, origin);
        foreach (var (key, value) in overrides)
            root.Override(key, value, $"--{key}");
        var scenario = Read(root) with { Source = origin };
        root.RefuseUnknownKeys();
        return scenario;
    }

    private static Scenario Read(ConfigSection root)
    {
        var defaults = new Scenario();
        return new Scenario
        {
            Name = root.GetString("name", defaults.Name),
            Nodes = ReadNodes(root, defaults),
            RoutersOnly = root.GetBoolean("routers-only", defaults.RoutersOnly),
            Duration = root.Positive("duration", defaults.Duration),
            Clients = root.GetInt32("clients", defaults.Clients, 0, 10_000),
            StartsPerSecond = root.GetInt32("starts-per-second", defaults.StartsPerSecond, 1, 100_000),
            SettleTime = root.GetTimeSpan("settle-time", defaults.SettleTime),
            HealTime = root.GetTimeSpan("heal-time", defaults.HealTime),
            LookupsPerMinute = root.GetInt32("lookups-per-minute", defaults.LookupsPerMinute, 0, 1_000_000),
            MaxClockOffset = root.GetTimeSpan("max-clock-offset", defaults.MaxClockOffset),
            MaxClockDrift = root.GetInt32("max-clock-drift", defaults.MaxClockDrift, 0, 100_000),
            Network = root.GetSection("network").ReadNetwork(),
            Policies = ReadPolicies(root),
            Faults = root.GetSection("faults").ReadFaults(),
            Adversaries = ReadAdversaries(root),
            Demands = ReadDemands(root.GetSection("demands")),
            Kademlia = ReadKademlia(root.GetSection("kademlia")),
            Ursula = ReadUrsula(root.GetSection("ursula")),
            UrsulaActor = ReadUrsulaActor(root.GetSection("ursula")),
        };
    }

    private static int ReadNodes(ConfigSection root, Scenario defaults)
    {
        var nodes = root.GetInt32("nodes", defaults.Nodes, 1, MaxNodes);
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        return nodes * MinNodeSize <= memory
            ? nodes
            : throw root.Error("nodes", FormattableString.Invariant(
                $"are more than this machine's memory of {memory / 1_000_000:N0} MB holds."));
    }

    private static PolicyLoad ReadPolicies(ConfigSection root)
    {
        var section = root.GetSection("policies");
        var policies = section.ReadPolicies();
        if (root.GetBoolean("routers-only", false) && policies.Count + policies.Stored > 0)
            throw section.Error("count", "must be 0 where nodes only route.");
        if (policies.Count > 0 && root.GetInt32("clients", new Scenario().Clients) < 2)
            throw root.Error("clients", "must be 2 or more: an Alice and a Bob.");
        return policies;
    }

    private static AdversaryPlan ReadAdversaries(ConfigSection root)
    {
        var section = root.GetSection("adversaries");
        var plan = section.ReadAdversaries();
        return plan.OneHost <= ReadNodes(root, new Scenario())
            ? plan
            : throw section.Error("one-host", "is more than all nodes.");
    }

    private static Demands ReadDemands(ConfigSection section) => new()
    {
        Lookups = section.GetChance("lookups", Chance.Never),
        Maps = section.GetChance("maps", Chance.Never),
        Reads = section.GetStringList("reads").Select(text => ParseDemand(section, text)).ToDictionary(),
    };

    private static KeyValuePair<SharePlan, Chance> ParseDemand(ConfigSection section, string text) =>
        text.Split(' ') is [var plan, var share] && SharePlan.TryParse(plan, out var parsed)
            && double.TryParse(share, System.Globalization.CultureInfo.InvariantCulture, out var least)
                && least is >= 0 and <= 1
            ? new(parsed, Chance.Of(least))
            : throw section.Error("reads", $"can't be \"{text}\": write it like \"2-of-3 0.97\".");

    private static KademliaOptions ReadKademlia(ConfigSection section)
    {
        var defaults = new Scenario().Kademlia;
        return defaults with
        {
            K = section.GetInt32("k", defaults.K, 1, 20),
            Alpha = section.GetInt32("alpha", defaults.Alpha, 1, 20),
            RepublishInterval = section.Positive("republish-interval", defaults.RepublishInterval),
            RefreshInterval = section.Positive("refresh-interval", defaults.RefreshInterval),
            MaxMeasuredPeers = section.GetInt32("max-measured-peers", defaults.MaxMeasuredPeers, 1, 100_000),
            MaxCountedSources = section.GetInt32("max-counted-sources", defaults.MaxCountedSources, 1, 100_000),
            MaxRememberedReplies = section.GetInt32(
                "max-remembered-replies", defaults.MaxRememberedReplies, 1, 100_000),
            MaxReplacements = section.GetInt32("max-replacements", defaults.MaxReplacements, 0, 1_000),
            MaxRecordsPerPublisher = section.GetInt32(
                "max-records-per-publisher", defaults.MaxRecordsPerPublisher, 1, 100_000),
            MaxRecordsPerSource = section.GetInt32("max-records-per-source", defaults.MaxRecordsPerSource, 1, 100_000),
        };
    }

    private static UrsulaOptions ReadUrsula(ConfigSection section)
    {
        var defaults = new UrsulaOptions();
        return defaults with { MaxNonces = section.GetInt32("max-nonces", defaults.MaxNonces, 1, 100_000) };
    }

    private static UrsulaActorOptions ReadUrsulaActor(ConfigSection section)
    {
        var defaults = new UrsulaActorOptions();
        var most = section.GetInt32("max-active-policies", defaults.MaxActivePolicies, 1, 1_000_000);
        return defaults with { MaxActivePolicies = most };
    }
}
