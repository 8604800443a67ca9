using System.CommandLine;
using System.Globalization;
using NuCypher.P2P.Node.Errors;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Rules;

namespace NuCypher.P2P.Node.CommandLine;

/// <summary>Options that say when, within its time, a policy is served.</summary>
internal static class RuleOptions
{
    private static readonly string[] Times = ["yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK"];

    /// <summary>The hours of the week.</summary>
    public static Option<string?> Hours { get; } = new("--hours")
    {
        Description = "Only in these hours, such as \"mon-fri 09:00-17:00 +01:00\"; without an offset they are UTC.",
        HelpName = "HOURS",
    };

    /// <summary>Intervals.</summary>
    public static Option<string[]> Between { get; } = new("--between")
    {
        Description = "Only between two times, such as 2030-01-01T08:00Z/2030-01-02T20:00Z; "
            + "may be given several times.",
        HelpName = "FROM/TO",
        DefaultValueFactory = _ => [],
    };

    /// <summary>What hosts must say.</summary>
    public static Option<string[]> If { get; } = new("--if")
    {
        Description = "Only while a host says so in JSON, such as \"https://example.org/orders/7 /paid = true\": URL, "
            + "where in it, one of = != < <= > >=, value; may be given several times. Ursulas ask hosts that their "
            + "operators let them ask.",
        HelpName = "FACT",
        DefaultValueFactory = _ => [],
    };

    /// <summary>No rules any more.</summary>
    public static Option<bool> AtAnyTime { get; } = new("--at-any-time")
    {
        Description = "Lift the hours, intervals and conditions that it has.",
    };

    /// <summary>The rules of this command line; none if nothing is said of them.</summary>
    /// <exception cref="CommandException">They can't be.</exception>
    public static PolicyRules Of(CommandContext context, Validity validity)
    {
        var rules = Read(context);
        return rules.EndWithin(validity) is not null ? rules : throw new CommandException(
            ExitCode.Usage, "within --for these hours and intervals leave no time",
            "Give a longer --for, or other --hours and --between.");
    }

    /// <summary>Whether this command line says anything of rules.</summary>
    /// <exception cref="CommandException">It contradicts itself.</exception>
    public static bool AreGiven(CommandContext context)
    {
        var areNew = context.Get(Hours) is not null || context.Get(Between).Length > 0 || context.Get(If).Length > 0;
        return context.Get(AtAnyTime) && areNew
            ? throw new CommandException(
                ExitCode.Usage, "--at-any-time lifts what --hours, --between and --if set",
                "Give the one or the others.")
            : areNew || context.Get(AtAnyTime);
    }

    private static PolicyRules Read(CommandContext context)
    {
        var hours = context.Get(Hours) is { } text ? HoursText.Read(text) ?? throw NoHours(text) : null;
        var intervals = context.Get(Between).Select(IntervalOf).ToList();
        var facts = context.Get(If).Select(FactOf).Distinct().ToList();
        if (intervals.Count > PolicyRules.MaxIntervals)
        {
            throw new CommandException(
                ExitCode.Usage, $"--between is given {intervals.Count} times",
                $"A policy has at most {PolicyRules.MaxIntervals} intervals.");
        }

        return facts.Count <= Condition.MaxQuestions
            ? new PolicyRules(intervals, hours, ConditionOf(facts))
            : throw new CommandException(
                ExitCode.Usage, $"--if is given {facts.Count} times",
                $"A policy has at most {Condition.MaxQuestions} of them.");
    }

    private static Condition? ConditionOf(List<JsonFact> facts) => facts switch
    {
        [] => null,
        [var one] => new Condition.HttpJson(one),
        _ => new Condition.All(facts.Select(fact => new Condition.HttpJson(fact))),
    };

    private static JsonFact FactOf(string text) => ConditionText.Read(text) ?? throw new CommandException(
        ExitCode.Usage, $"--if {text} is no fact",
        "Write an https URL, a JSON pointer (/ is all of it), one of = != < <= > >= and a JSON value: "
            + "\"https://example.org/orders/7 /state = \\\"paid\\\"\".");

    private static Validity IntervalOf(string text)
    {
        if (text.Split('/') is [var from, var to] && TimeOf(from) is { } begin && TimeOf(to) is { } end && begin < end)
            return new Validity(begin, end);
        throw new CommandException(
            ExitCode.Usage, $"--between {text} is no interval",
            "Write two times with their offsets, the earlier first: 2030-01-01T08:00Z/2030-01-02T20:00+01:00.");
    }

    private static DateTimeOffset? TimeOf(string text) =>
        (text.EndsWith('Z') || (text.Length > 6 && text[^6] is '+' or '-')) && DateTimeOffset.TryParseExact(
            text, Times, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) && time.Year >= 1970
            ? time
            : null;

    private static CommandException NoHours(string text) => new(
        ExitCode.Usage, $"--hours {text} are none",
        "Write days, times and an offset: \"mon-fri 09:00-17:00 +01:00\", \"sat,sun 10:00-24:00\", "
            + "\"22:00-06:00 UTC\".");
}
