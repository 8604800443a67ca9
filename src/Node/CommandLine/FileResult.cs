using System.Globalization;

namespace NuCypher.P2P.Node.CommandLine;

/// <summary>A file that was made.</summary>
/// <param name="Pair">From which one, and where it is.</param>
/// <param name="Bytes">How many bytes its plaintext has.</param>
/// <param name="Author">Who signed it, 66 hexadecimal digits; null if nobody did, or it was encrypted.</param>
internal sealed record FileResult(FilePair Pair, long Bytes, string? Author = null)
{
    /// <summary>Says what became of what, and what is true of all.</summary>
    public static void Write(CommandContext context, IReadOnlyList<FileResult> files, object shared) => context.Write(
        context.Json ? Report.Join(shared, new { files = files.Select(file => file.ToJson()).ToList() }) : shared,
        output =>
        {
            foreach (var file in files)
                output.WriteLine(file.InWords());
            Report.WriteWords(output, shared);
        });

    /// <summary>One line.</summary>
    public string InWords() => Printable.Of(string.Create(
        CultureInfo.InvariantCulture,
        $"{Pair.Input} -> {Pair.Output}, {Bytes:N0} bytes{(Author is null ? "" : $", signed by {Author}")}"));

    /// <summary>For scripts.</summary>
    public object ToJson() => new { input = Pair.Input, output = Pair.Output, bytes = Bytes, author = Author };
}
