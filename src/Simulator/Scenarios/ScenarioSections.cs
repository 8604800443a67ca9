using NuCypher.P2P.Actors.Configuration;

namespace NuCypher.P2P.Simulator;

/// <summary>Reads the blocks of a scenario.</summary>
internal static class ScenarioSections
{
    public static Chance GetChance(this ConfigSection section, string key, Chance defaultValue)
    {
        var share = section.GetDouble(key, double.NaN);
        if (double.IsNaN(share))
            return defaultValue;
        return share is >= 0 and <= 1 ? Chance.Of(share) : throw section.Error(key, "is not a share from 0 to 1.");
    }

    public static TimeSpan Positive(this ConfigSection section, string key, TimeSpan defaultValue) =>
        section.GetTimeSpan(key, defaultValue) is { Ticks: > 0 } time
            ? time
            : throw section.Error(key, "must be longer than nothing.");

    public static NetworkConditions ReadNetwork(this ConfigSection section)
    {
        var defaults = NetworkConditions.Ordinary;
        return new NetworkConditions
        {
            Loss = section.GetChance("loss", defaults.Loss),
            Duplication = section.GetChance("duplication", defaults.Duplication),
            Hold = section.GetChance("hold", defaults.Hold),
            Reordering = section.GetChance("reordering", defaults.Reordering),
            Corruption = section.GetChance("corruption", defaults.Corruption),
            Jitter = section.GetChance("jitter", defaults.Jitter),
            RepeatedCalls = section.GetChance("repeated-calls", defaults.RepeatedCalls),
            LostReplies = section.GetChance("lost-replies", defaults.LostReplies),
            MaxHold = section.GetTimeSpan("max-hold", defaults.MaxHold),
            MaxDetour = section.GetTimeSpan("max-detour", defaults.MaxDetour),
            MaxDatagramSize = section.GetInt32("max-datagram-size", defaults.MaxDatagramSize, 1, ushort.MaxValue),
            Bandwidth = section.GetInt32("bandwidth", defaults.Bandwidth, 1),
            MaxQueueing = section.GetTimeSpan("max-queueing", defaults.MaxQueueing),
        };
    }

    public static PolicyLoad ReadPolicies(this ConfigSection section)
    {
        var defaults = new PolicyLoad();
        var plans = section.GetStringList("plans");
        var minLife = section.GetInt32("min-life-percent", defaults.MinLifePercent, 1, 10_000);
        return new PolicyLoad
        {
            Count = section.GetInt32("count", defaults.Count, 0, 100_000),
            Plans = plans.Count == 0 ? defaults.Plans : [.. plans.Select(plan => ParsePlan(section, plan))],
            StartSpreadPercent = section.GetInt32("start-spread-percent", defaults.StartSpreadPercent, 0, 100),
            MinLifePercent = minLife,
            MaxLifePercent = section.GetInt32(
                "max-life-percent", Math.Max(minLife, defaults.MaxLifePercent), minLife, 10_000),
            Renewed = section.GetChance("renewed", defaults.Renewed),
            Revoked = section.GetChance("revoked", defaults.Revoked),
            ReadInterval = section.Positive("read-interval", defaults.ReadInterval),
            CrowdAt = section.GetTimeSpan("crowd-at", defaults.CrowdAt),
            Stored = section.GetInt32("stored", defaults.Stored, 0, 1_000_000),
            StoredEndAt = section.GetTimeSpan("stored-end-at", defaults.StoredEndAt),
        };
    }

    public static FaultPlan ReadFaults(this ConfigSection section)
    {
        var episodes = new SortedDictionary<FaultKind, Episodes>();
        foreach (var kind in Enum.GetValues<FaultKind>())
        {
            var read = section.GetSection(Hyphenate(kind.ToString())).ReadEpisodes();
            if (read.Every > TimeSpan.Zero)
                episodes[kind] = read;
        }

        return new FaultPlan
        {
            Churn = section.GetSection("churn").ReadChurn(),
            Unreachable = section.GetChance("unreachable", Chance.Never),
            Episodes = episodes,
        };
    }

    public static AdversaryPlan ReadAdversaries(this ConfigSection section)
    {
        var ways = section.GetStringList("ways");
        var defaults = new AdversaryPlan();
        return new AdversaryPlan
        {
            HostileUrsulas = section.GetChance("hostile-ursulas", Chance.Never),
            Ways = ways.Count == 0 ? defaults.Ways : [.. ways.Select(way => ParseWay(section, way))],
            Censors = section.GetChance("censors", Chance.Never),
            Sybils = section.GetInt32("sybils", 0, 0, 10_000),
            EndlessReferrers = section.GetInt32("endless-referrers", 0, 0, 10_000),
            Accomplices = section.GetInt32("accomplices", 0, 0, 10_000),
            Vladimirs = section.GetInt32("vladimirs", 0, 0, 10_000),
            Strangers = section.GetInt32("strangers", 0, 0, 1_000),
            GreedyBobs = section.GetInt32("greedy-bobs", 0, 0, 1_000),
            Flooders = section.GetInt32("flooders", 0, 0, 1_000),
            Crowders = section.GetInt32("crowders", 0, 0, 1_000),
            Idlers = section.GetInt32("idlers", 0, 0, 1_000),
            LyingAlices = section.GetInt32("lying-alices", 0, 0, 100_000),
            OneHost = section.GetInt32("one-host", 0, 0, 10_000),
            Swallowers = section.GetInt32("swallowers", 0, 0, AdversaryPlan.MaxSwallowers),
            LateSwallowers = section.GetInt32("late-swallowers", 0, 0, AdversaryPlan.MaxSwallowers),
            ForgedStoresPerMinute = section.GetInt32("forged-stores-per-minute", 0, 0, 10_000),
        };
    }

    private static Churn ReadChurn(this ConfigSection section)
    {
        var defaults = new Churn();
        var min = section.GetTimeSpan("min-downtime", defaults.MinDowntime);
        var max = section.GetTimeSpan("max-downtime", min > defaults.MaxDowntime ? min : defaults.MaxDowntime);
        if (max < min)
            throw section.Error("max-downtime", "is shorter than min-downtime.");
        return new Churn
        {
            PercentPerHour = section.GetInt32(
            "percent-per-hour", 0, 0, 100_000),
            MinDowntime = min,
            MaxDowntime = max
        };
    }

    private static Episodes ReadEpisodes(this ConfigSection section) => new()
    {
        Every = section.GetTimeSpan("every", TimeSpan.Zero),
        Length = section.Positive("length", Episodes.None.Length),
        Share = section.GetChance("share", Episodes.None.Share),
    };

    private static SharePlan ParsePlan(ConfigSection section, string text) => SharePlan.TryParse(text, out var plan)
        ? plan
        : throw section.Error(
            "plans", $"can't be \"{text}\": write it like 2-of-3, with at most {SharePlan.MaxShares} shares.");

    private static HostileWay ParseWay(ConfigSection section, string text) =>
        Enum.GetValues<HostileWay>()
            .Where(way => Hyphenate(way.ToString()) == text).Select(way => (HostileWay?)way).FirstOrDefault()
            ?? throw section.Error(
                "ways",
                $"can't be \"{text}\": one of {string.Join(", ", Enum.GetNames<HostileWay>().Select(Hyphenate))}.");

    public static string Hyphenate(string name) =>
        string.Concat(name.Select((letter, i) =>
            char.IsUpper(letter) ? $"{(i > 0 ? "-" : "")}{char.ToLowerInvariant(letter)}" : $"{letter}"));
}
