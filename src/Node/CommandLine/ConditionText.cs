using System.Globalization;
using NuCypher.P2P.Policy.Rules;

namespace NuCypher.P2P.Node.CommandLine;

/// <summary>
/// What a host must say, as people write it: <c>https://example.org/orders/7.json /paid = true</c>; and any condition
/// in words.
/// </summary>
internal static class ConditionText
{
    private static readonly Dictionary<string, JsonComparison> Signs = new()
    {
        ["="] = JsonComparison.Equal,
        ["!="] = JsonComparison.NotEqual,
        ["<"] = JsonComparison.Less,
        ["<="] = JsonComparison.LessOrEqual,
        [">"] = JsonComparison.Greater,
        [">="] = JsonComparison.GreaterOrEqual,
    };

    /// <summary>Reads URL, JSON pointer, sign and value; null if they are none.</summary>
    public static JsonFact? Read(string text) =>
        text.Split(' ', 4, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            is [var url, var path, var sign, var value] && Signs.TryGetValue(sign, out var comparison)
            && JsonFact.TryCreate(url, path == "/" ? "" : path, comparison, value, out var fact)
            ? fact
            : null;

    /// <summary>A condition in words.</summary>
    public static string Format(Condition condition) => condition switch
    {
        Condition.HttpJson json => Format(json.Fact),
        Condition.TimeAfter after => $"from {GrantReport.Time(after.Moment)} on",
        Condition.TimeBefore before => $"before {GrantReport.Time(before.Moment)}",
        Condition.Not not => $"not ({Format(not.Child)})",
        Condition.Any any => string.Create(
            CultureInfo.InvariantCulture, $"{any.Least} of ({string.Join("; ", any.Children.Select(Format))})"),
        Condition.All all => string.Join(" and ", all.Children.Select(child => child is Condition.All or Condition.Any
            ? $"({Format(child)})"
            : Format(child))),
        _ => throw new ArgumentException("No such condition.", nameof(condition)),
    };

    private static string Format(JsonFact fact) =>
        $"{fact.Url} {(fact.Path.Length == 0 ? "/" : fact.Path)} "
        + $"{Signs.First(sign => sign.Value == fact.Comparison).Key} {fact.Value}";
}
