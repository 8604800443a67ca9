using System.Globalization;
using System.Text;

namespace NuCypher.P2P.Node.CommandLine;

/// <summary>How many columns of a terminal a text takes: some characters take two, marks above others none.</summary>
/// <remarks>Source: Unicode Standard Annex 11, wide and fullwidth blocks; what is ambiguous there takes one.</remarks>
internal static class TextColumns
{
    private static readonly (int First, int Last)[] Wide =
    [
        (0x1100, 0x115F), (0x2E80, 0x303E), (0x3041, 0xA4CF), (0xA960, 0xA97C), (0xAC00, 0xD7A3), (0xF900, 0xFAFF),
        (0xFE30, 0xFE6F), (0xFF01, 0xFF60), (0xFFE0, 0xFFE6), (0x16FE0, 0x1B2FF), (0x1F300, 0x1F64F),
        (0x1F680, 0x1F6FF), (0x1F900, 0x1FAFF), (0x20000, 0x3FFFD),
    ];

    /// <summary>The columns of a text without control characters.</summary>
    public static int Of(string text) => text.EnumerateRunes().Sum(Of);

    /// <summary>The text with blanks behind it up to some columns.</summary>
    public static string Pad(string text, int columns) => text + new string(' ', Math.Max(0, columns - Of(text)));

    /// <summary>As much of the beginning of a text as fits, no character of it broken.</summary>
    public static string Cut(string text, int columns)
    {
        var (taken, length) = (0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            taken += Of(rune);
            if (taken > columns)
                return text[..length];
            length += rune.Utf16SequenceLength;
        }

        return text;
    }

    private static int Of(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format => 0,
        _ => Array.Exists(Wide, range => rune.Value >= range.First && rune.Value <= range.Last) ? 2 : 1,
    };
}
