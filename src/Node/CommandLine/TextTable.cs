namespace NuCypher.P2P.Node.CommandLine;

/// <summary>
/// Rows as a table where the terminal is wide enough, otherwise each as a list of names and values; a value is never
/// broken.
/// </summary>
internal static class TextTable
{
    private const int Gap = 2;

    /// <summary>Writes rows; nothing if there are none.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="width">How many columns a line may have.</param>
    /// <param name="heads">The names of the columns.</param>
    /// <param name="rows">As many values in each as there are names.</param>
    public static void Write(TextWriter writer, int width, IReadOnlyList<string> heads, IReadOnlyList<string[]> rows)
    {
        var shown = rows.Select(row => row.Select(value => Printable.Of(value)).ToArray()).ToList();
        var widths = heads
            .Select((head, i) => shown.Select(row => TextColumns.Of(row[i])).Append(head.Length).Max()).ToList();
        if (shown.Count == 0)
            return;
        if (widths.Sum() + (Gap * (heads.Count - 1)) <= width)
            WriteRows(writer, widths, [[.. heads], .. shown]);
        else
            WriteLists(writer, heads, shown);
    }

    private static void WriteRows(TextWriter writer, List<int> widths, List<string[]> rows)
    {
        foreach (var row in rows)
            writer.WriteLine(
                string.Concat(row.Select((value, i) => TextColumns.Pad(value, widths[i] + Gap))).TrimEnd());
    }

    private static void WriteLists(TextWriter writer, IReadOnlyList<string> heads, List<string[]> rows)
    {
        var width = heads.Max(head => head.Length) + Gap;
        foreach (var row in rows)
        {
            for (var i = 0; i < row.Length; i++)
            {
                if (row[i].Length > 0)
                    writer.WriteLine($"{heads[i].PadRight(width)}{row[i]}");
            }

            writer.WriteLine();
        }
    }
}
