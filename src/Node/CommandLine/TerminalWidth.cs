namespace NuCypher.P2P.Node.CommandLine;

/// <summary>How many columns there are to write in.</summary>
internal static class TerminalWidth
{
    /// <summary>The width that a file or a pipe is taken to have: a card fits.</summary>
    public const int OfAFile = 120;

    private const int Least = 40;

    /// <summary>The width of the terminal, or of COLUMNS; at least 40, since nothing could be read in less.</summary>
    /// <param name="isRedirected">Whether it goes to a file or a pipe.</param>
    public static int Of(bool isRedirected) => Of(isRedirected, Environment.GetEnvironmentVariable("COLUMNS"));

    /// <summary>The same with what COLUMNS says.</summary>
    internal static int Of(bool isRedirected, string? variable)
    {
        if (int.TryParse(variable, out var columns) && columns > 0)
            return Math.Max(Least, columns);
        return isRedirected ? OfAFile : Math.Max(Least, OfConsole());
    }

    /// <summary>How many rows the terminal has.</summary>
    public static int Rows
    {
        get
        {
            try
            {
                return Console.WindowHeight is var height and > 0 ? height : 24;
            }
            catch (IOException)
            {
                return 24;
            }
        }
    }

    private static int OfConsole()
    {
        try
        {
            return Console.WindowWidth is var width and > 0 ? width : 80; // 0: a terminal that doesn't say
        }
        catch (IOException)
        {
            return 80;
        }
    }
}
