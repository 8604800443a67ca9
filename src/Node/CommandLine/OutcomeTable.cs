using System.Globalization;
using NuCypher.P2P.Policy.Messages;
using NuCypher.P2P.Policy.Sessions;
using Spectre.Console;

namespace NuCypher.P2P.Node.CommandLine;

/// <summary>What came of asking each Ursula.</summary>
internal static class OutcomeTable
{
    /// <summary>For scripts.</summary>
    public static IReadOnlyList<object> ToJson(IReadOnlyList<UrsulaOutcome> outcomes) => [.. outcomes.Select(o => new
    {
        ursula = o.Ursula.ToString(),
        outcome = o.Kind.ToString(),
        reason = o.Reason == RefusalReason.None ? null : o.Reason.ToString(),
        milliseconds = (long)o.Elapsed.TotalMilliseconds,
    })];

    /// <summary>For people.</summary>
    public static void Write(TextWriter writer, IReadOnlyList<UrsulaOutcome> outcomes)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("Ursula", "outcome", "reason", "ms");
        foreach (var o in outcomes)
            table.AddRow(o.Ursula.ToString()[..12], o.Kind.ToString(), ReasonOf(o), ((long)o.Elapsed.TotalMilliseconds).ToString(CultureInfo.InvariantCulture));
        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) }).Write(table);
    }

    /// <summary>One line, as it happens.</summary>
    public static string Line(UrsulaOutcome outcome) =>
        $"  {outcome.Ursula.ToString()[..12]}  {outcome.Kind} {ReasonOf(outcome)}".TrimEnd();

    private static string ReasonOf(UrsulaOutcome outcome) => outcome.Reason == RefusalReason.None ? "" : outcome.Reason.ToString();
}
