using System.Text.RegularExpressions;

namespace NuCypher.P2P.Interop.Tests.Docs;

/// <summary>The tests of a source file, read from its text: what is commented out or always skipped is none.</summary>
internal static partial class SourceTests
{
    /// <summary>Name and mission rows of each test: the rows of its own traits and of its class's.</summary>
    public static IEnumerable<(string Name, IReadOnlyList<string> Rows)> Of(string source)
    {
        var lines = Comment().Replace(source, string.Empty).Split('\n');
        string[] classRows = [];
        for (var i = 0; i < lines.Length; i++)
        {
            var attributes = string.Join(' ', lines[..i].Reverse().TakeWhile(IsOfTheNextMember).Reverse());
            if (Class().IsMatch(lines[i]))
                classRows = RowsOf(attributes);
            else if (Method().Match(lines[i]) is { Success: true } method && IsTest(attributes))
                yield return (method.Groups[1].Value, [.. classRows, .. RowsOf(attributes)]);
        }
    }

    private static bool IsTest(string attributes) =>
        Marker().IsMatch(attributes) && (!Skip().IsMatch(attributes) || Condition().IsMatch(attributes));

    private static string[] RowsOf(string attributes) =>
        [.. Row().Matches(attributes).Select(match => match.Groups[1].Value)];

    private static bool IsOfTheNextMember(string line) =>
        line.Trim() is { Length: > 0 } text && !text.EndsWith('}') && text is not "{";

    [GeneratedRegex(@"/\*.*?\*/|(?<=^|\s)//[^\n]*", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"^\s*(?:public|internal) (?:\w+ )*class \w+")]
    private static partial Regex Class();

    [GeneratedRegex(@"^\s*public (?:async )?(?:void|Task|ValueTask) (\w+)\(")]
    private static partial Regex Method();

    [GeneratedRegex(@"\[(?:[^\]]*, ?)?(?:\w*Fact|\w*Theory|On[A-Z]\w+)\b")]
    private static partial Regex Marker();

    [GeneratedRegex(@"\bSkip\s*=")]
    private static partial Regex Skip();

    [GeneratedRegex(@"\bSkip(?:Unless|When)\s*=")]
    private static partial Regex Condition();

    [GeneratedRegex(@"Trait\(""Row"", ""([A-Z]{2}-\d\d)""\)")]
    private static partial Regex Row();
}
