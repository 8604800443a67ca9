using System.Globalization;

namespace NuCypher.P2P.Node.CommandLine;

/// <summary>
/// Text for a terminal: what could move its cursor, change its colours or turn its direction is shown as a number.
/// </summary>
internal static class Printable
{
    /// <summary>The text with escapes; line feeds and tabs stay if they may.</summary>
    public static string Of(string text, bool keepsLines = false) =>
        text.Any(c => IsHarmful(c, keepsLines))
            ? string.Concat(text.Select(c => IsHarmful(c, keepsLines) ? $"\\u{(int)c:x4}" : $"{c}"))
            : text;

    private static bool IsHarmful(char c, bool keepsLines) => char.GetUnicodeCategory(c) switch
    {
        UnicodeCategory.Control => !keepsLines || c is not ('\n' or '\t'),
        UnicodeCategory.Format => c is not ('\u200c' or '\u200d'), // joiners belong to words of some scripts
        UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => true,
        _ => false,
    };
}
