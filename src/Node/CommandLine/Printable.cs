using System.Globalization;
using System.Text;

namespace NuCypher.P2P.Node.CommandLine;

/// <summary>
/// Text for a terminal: what could move its cursor, change its colours, turn its direction or not be seen is shown as a
/// number.
/// </summary>
internal static class Printable
{
    /// <summary>The text with escapes; line feeds and tabs stay if they may.</summary>
    public static string Of(string text, bool keepsLines = false)
    {
        if (!text.EnumerateRunes().Any(rune => IsHarmful(rune, keepsLines)))
            return text;
        var shown = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
            shown.Append(IsHarmful(rune, keepsLines) ? Escape(rune) : rune.ToString());
        return shown.ToString();
    }

    private static string Escape(Rune rune) =>
        rune.IsBmp ? $"\\u{rune.Value:x4}" : $"\\U{rune.Value:x8}";

    private static bool IsHarmful(Rune rune, bool keepsLines) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control => !keepsLines || rune.Value is not ('\n' or '\t'),
        UnicodeCategory.Format => rune.Value is not ('\u200c' or '\u200d'), // joiners belong to words of some scripts
        UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => true,
        _ => false,
    };
}
