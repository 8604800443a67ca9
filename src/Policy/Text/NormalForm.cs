using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace NuCypher.P2P.Policy.Text;

/// <summary>
/// Unicode's normal form C: one text that looks the same is one string, however a keyboard or a file system spelled it.
/// </summary>
/// <remarks>
/// The runtime's own <c>string.Normalize</c> does nothing where globalization is invariant, as it is here. Source:
/// Unicode Standard Annex 15, and chapter 3.12 of the standard for Hangul. Form KC is not used: it would make different
/// texts one.
/// </remarks>
public static class NormalForm
{
    private const int FirstCombining = 0x300;
    private const int HangulBase = 0xAC00;
    private const int LeadBase = 0x1100;
    private const int VowelBase = 0x1161;
    private const int TailBase = 0x11A7;
    private const int LongestDecomposition = 4;
    private const int Leads = 19;
    private const int Vowels = 21;
    private const int Tails = 28;

    private static readonly Lazy<Tables> Data = new(Tables.Read);

    /// <summary>The text in form C; a text that is no valid UTF-16 comes back as it is.</summary>
    public static string Of(string text) => IsPlain(text) ? text : new string(Of(text.AsSpan()));

    /// <summary>The same for secrets: only the caller's array keeps anything of the text.</summary>
    public static char[] Of(ReadOnlySpan<char> text)
    {
        if (IsPlain(text))
            return text.ToArray();
        var points = new List<int>(LongestDecomposition * text.Length); // never grows, so that no copy is left behind
        foreach (var rune in text.EnumerateRunes())
            Decompose(rune.Value, points);
        Order(points);
        Compose(points);
        var normal = ToChars(points);
        points.AddRange(Enumerable.Repeat(0, points.Capacity - points.Count));
        CollectionsMarshal.AsSpan(points).Clear();
        return normal;
    }

    /// <summary>Whether a string is well-formed UTF-16, so that it has one encoding in UTF-8.</summary>
    public static bool IsUnicode(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out _, out var consumed) != System.Buffers.OperationStatus.Done)
                return false;
            text = text[consumed..];
        }

        return true;
    }

    // Below the first combining mark every text is in form C.
    private static bool IsPlain(ReadOnlySpan<char> text) =>
        !text.ContainsAnyInRange((char)FirstCombining, char.MaxValue) || !IsUnicode(text);

    private static char[] ToChars(List<int> points)
    {
        var chars = new char[points.Sum(point => new Rune(point).Utf16SequenceLength)];
        var count = 0;
        foreach (var point in points)
            count += new Rune(point).EncodeToUtf16(chars.AsSpan(count));
        return chars;
    }

    private static void Decompose(int point, List<int> points)
    {
        var syllable = point - HangulBase;
        if (syllable is >= 0 and < Leads * Vowels * Tails)
        {
            points.Add(LeadBase + (syllable / (Vowels * Tails)));
            points.Add(VowelBase + (syllable / Tails % Vowels));
            if (syllable % Tails > 0)
                points.Add(TailBase + (syllable % Tails));
        }
        else if (Data.Value.Parts.TryGetValue(point, out var parts))
        {
            Decompose(parts.First, points);
            if (parts.Second != 0)
                Decompose(parts.Second, points);
        }
        else
        {
            points.Add(point);
        }
    }

    // Marks that don't interact are put in the order of their classes; the sort is stable.
    private static void Order(List<int> points)
    {
        for (var i = 1; i < points.Count; i++)
        {
            var own = ClassOf(points[i]);
            for (var j = i; own > 0 && j > 0 && ClassOf(points[j - 1]) > own; j--)
                (points[j - 1], points[j]) = (points[j], points[j - 1]);
        }
    }

    private static void Compose(List<int> points)
    {
        var (starter, kept, lastClass) = (-1, 0, 0);
        for (var i = 0; i < points.Count; i++)
        {
            var (point, own) = (points[i], ClassOf(points[i]));
            var isNext = starter >= 0 && kept == starter + 1;
            if (starter >= 0 && (isNext || lastClass < own) && Pair(points[starter], point) is var whole and > 0)
            {
                points[starter] = whole;
                continue;
            }

            starter = own == 0 ? kept : starter;
            lastClass = own;
            points[kept++] = point;
        }

        points.RemoveRange(kept, points.Count - kept);
    }

    private static int Pair(int first, int second)
    {
        var (lead, vowel, tail) = (first - LeadBase, second - VowelBase, second - TailBase);
        if (lead is >= 0 and < Leads && vowel is >= 0 and < Vowels)
            return HangulBase + (((lead * Vowels) + vowel) * Tails);
        var syllable = first - HangulBase;
        if (syllable is >= 0 and < Leads * Vowels * Tails && syllable % Tails == 0 && tail is > 0 and < Tails)
            return first + tail;
        return Data.Value.Wholes.GetValueOrDefault((first, second));
    }

    private static int ClassOf(int point) => point < FirstCombining ? 0 : Data.Value.Classes.GetValueOrDefault(point);

    private sealed record Tables(
        Dictionary<int, (int First, int Second)> Parts, Dictionary<(int First, int Second), int> Wholes,
        Dictionary<int, int> Classes)
    {
        public static Tables Read()
        {
            var tables = new Tables([], [], []);
            foreach (var word in Words(NormalFormData.Decompositions))
                tables.AddParts(word);
            foreach (var word in Words(NormalFormData.Classes))
                tables.AddClass(word.Split('-', ':'));
            return tables;
        }

        private static string[] Words(string table) =>
            table.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);

        private void AddParts(string word)
        {
            var (isExcluded, fields) = (word[0] == '!', word.TrimStart('!').Split('=', '+'));
            var parts = (Hex(fields[1]), fields.Length > 2 ? Hex(fields[2]) : 0);
            Parts.Add(Hex(fields[0]), parts);
            if (!isExcluded)
                Wholes.Add(parts, Hex(fields[0]));
        }

        private void AddClass(string[] fields)
        {
            for (var point = Hex(fields[0]); point <= Hex(fields[1]); point++)
                Classes.Add(point, int.Parse(fields[2], CultureInfo.InvariantCulture));
        }

        private static int Hex(string digits) =>
            int.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }
}
