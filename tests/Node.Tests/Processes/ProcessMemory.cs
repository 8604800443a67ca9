using System.Globalization;

namespace NuCypher.P2P.Node.Tests.Processes;

/// <summary>What a process of one's own can write to, searched for bytes; Linux.</summary>
internal static class ProcessMemory
{
    private const int PieceSize = 4 << 20;

    /// <summary>How often each of these stands in the memory of a process, and how much of that was read.</summary>
    /// <remarks>The process should be stopped: what moves meanwhile may be missed.</remarks>
    public static (Dictionary<string, int> Found, long Bytes) Search(
        int process, IReadOnlyList<(string Name, byte[] Bytes)> needles)
    {
        var found = needles.Select(needle => needle.Name).Distinct().ToDictionary(name => name, _ => 0);
        var overlap = needles.Max(needle => needle.Bytes.Length) - 1;
        var piece = new byte[PieceSize + overlap];
        var total = 0L;
        using var memory = File.OpenHandle($"/proc/{process}/mem");
        foreach (var (start, end) in Regions(process))
        {
            var kept = 0;
            for (var at = start; at < end; at += PieceSize)
            {
                var read = RandomAccess.Read(memory, piece.AsSpan(kept, (int)Math.Min(PieceSize, end - at)), at);
                total += read;
                var seen = piece.AsSpan(0, kept + read);
                foreach (var (name, bytes) in needles)
                    found[name] += CountBeyond(seen, bytes, kept);
                var rest = Math.Min(overlap, seen.Length);
                seen[^rest..].CopyTo(piece);
                kept = rest;
            }
        }

        return (found, total);
    }

    // What lies wholly in the part that was kept from the piece before was counted there.
    private static int CountBeyond(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> needle, int kept)
    {
        var (count, from) = (0, Math.Max(0, kept - needle.Length + 1));
        while (bytes[from..].IndexOf(needle) is var at and >= 0)
            (count, from) = (count + 1, from + at + 1);
        return count;
    }

    private static IEnumerable<(long Start, long End)> Regions(int process) =>
        from line in File.ReadLines($"/proc/{process}/maps").ToList()
        let words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        where words[1].StartsWith("rw", StringComparison.Ordinal)
        let ends = words[0].Split('-')
        select (Address(ends[0]), Address(ends[1]));

    private static long Address(string hex) => long.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
