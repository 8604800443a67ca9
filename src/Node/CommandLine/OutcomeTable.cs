using System.Globalization;
using NuCypher.P2P.Policy.Messages;
using NuCypher.P2P.Policy.Sessions;

namespace NuCypher.P2P.Node.CommandLine;

/// <summary>What came of asking each Ursula.</summary>
internal static class OutcomeTable
{
    /// <summary>For scripts: each Ursula once, with what came of it in the end.</summary>
    public static IReadOnlyList<object> ToJson(IReadOnlyList<UrsulaOutcome> outcomes) =>
        [.. ByUrsula(outcomes).Select(o => new
    {
        ursula = o.Last.Ursula.ToString(),
        outcome = o.Last.Kind.ToString(),
        reason = o.Last.Reason == RefusalReason.None ? null : o.Last.Reason.ToString(),
        milliseconds = (long)o.Last.Elapsed.TotalMilliseconds,
        clockAheadSeconds = o.Last.ClockAhead?.TotalSeconds,
        times = o.Times,
    })];

    /// <summary>For people: a row for each Ursula.</summary>
    public static void Write(TextWriter writer, IReadOnlyList<UrsulaOutcome> outcomes) => TextTable.Write(
        writer, CommandContext.OutputWidth, ["Ursula", "outcome", "reason", "ms", "asked"],
        [.. ByUrsula(outcomes).Select(o => new[]
        {
            NameOf(o.Last), o.Last.Kind.ToString(), ReasonOf(o.Last), Number((long)o.Last.Elapsed.TotalMilliseconds),
                Number(o.Times),
        })]);

    /// <summary>The beginning of an Ursula's id, enough to tell her from others.</summary>
    public static string NameOf(UrsulaOutcome outcome) => outcome.Ursula.ToString()[..12];

    /// <summary>One line, as it happens.</summary>
    public static string Line(UrsulaOutcome outcome) =>
        $"{NameOf(outcome)}  {outcome.Kind} {ReasonOf(outcome)}".TrimEnd();

    // An order is repeated until its deadline: what counts is what came of it at last.
    private static IEnumerable<(UrsulaOutcome Last, int Times)> ByUrsula(IReadOnlyList<UrsulaOutcome> outcomes) =>
        outcomes.GroupBy(o => o.Ursula).Select(g => (g.Last(), g.Count()));

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string ReasonOf(UrsulaOutcome outcome) =>
        outcome.Reason == RefusalReason.None ? "" : outcome.Reason.ToString();
}
