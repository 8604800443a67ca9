namespace NuCypher.P2P.Node.CommandLine;

/// <summary>
/// Lines on a terminal that change in place while something is done, and are gone once it is; nothing where nobody
/// watches.
/// </summary>
/// <param name="terminal">Where they are shown.</param>
/// <param name="isWatched">Whether it is a terminal that can move its cursor.</param>
/// <param name="width">Its columns; a longer line is cut, because one that wraps can't be written over.</param>
/// <param name="height">Its rows; of more lines the first are shown.</param>
internal sealed class LiveLines(TextWriter terminal, bool isWatched, int width, int height)
{
    private readonly Lock _lock = new();
    private readonly List<(string Key, string Text)> _lines = [];
    private int _shown;

    /// <summary>The lines of a process's error stream.</summary>
    public static LiveLines OnErrorStream(TextWriter error, bool isQuiet)
    {
        var isTerminal = !isQuiet && ReferenceEquals(error, Console.Error) && !Console.IsErrorRedirected
            && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");
        return new LiveLines(error, isTerminal, TerminalWidth.Of(!isTerminal), isTerminal ? TerminalWidth.Rows : 0);
    }

    /// <summary>Whether anybody sees them.</summary>
    public bool IsWatched => isWatched;

    /// <summary>Shows a line under a key: a new one below the others, or in the place of its former text.</summary>
    public void Set(string key, string text)
    {
        if (!isWatched)
            return;
        lock (_lock)
        {
            var index = _lines.FindIndex(line => line.Key == key);
            if (index < 0)
                _lines.Add((key, text));
            else
                _lines[index] = (key, text);
            Erase();
            Draw();
        }
    }

    /// <summary>Takes one line away.</summary>
    public void Remove(string key) => Change(() => _lines.RemoveAll(line => line.Key == key));

    /// <summary>Takes all lines away.</summary>
    public void Clear() => Change(_lines.Clear);

    /// <summary>Writes a line that stays, above those that change.</summary>
    public void WriteAbove(string text) => Change(() => terminal.WriteLine(text));

    private void Change(Action change)
    {
        lock (_lock)
        {
            Erase();
            change();
            Draw();
        }
    }

    private void Erase()
    {
        if (_shown > 0)
            terminal.Write($"\x1b[{_shown}A\r\x1b[J");
        _shown = 0;
    }

    private void Draw()
    {
        foreach (var (_, text) in isWatched ? _lines.Take(Math.Max(1, height - 2)) : [])
        {
            terminal.WriteLine(TextColumns.Cut(Printable.Of(text), width - 1));
            _shown++;
        }

        terminal.Flush();
    }
}
