using System.Collections;
using System.Text;
using NuCypher.P2P.Node.Errors;
using QRCoder;

namespace NuCypher.P2P.Node.CommandLine;

/// <summary>
/// A QR code as text: two rows of squares in a line of blocks, light squares drawn, dark ones left out.
/// </summary>
/// <remarks>
/// On a terminal with light letters on a dark ground that is a code as printed; on others it is its negative, which
/// readers take too.
/// </remarks>
internal static class QrText
{
    /// <summary>Draws a text.</summary>
    /// <param name="text">ASCII.</param>
    /// <param name="width">The most columns.</param>
    /// <exception cref="CommandException">It is wider.</exception>
    public static string Of(string text, int width)
    {
        using var generator = new QRCodeGenerator();
        using var code = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.L);
        var rows = code.ModuleMatrix; // with the white border that a code must have
        if (rows.Count > width)
        {
            throw new CommandException(
                ExitCode.Usage, $"the code is {rows.Count} columns wide, the terminal {width}",
                "Make the terminal wider, or leave out --qr.");
        }

        var drawn = new StringBuilder();
        for (var y = 0; y < rows.Count; y += 2)
        {
            for (var x = 0; x < rows.Count; x++)
                drawn.Append(Block(IsLight(rows, x, y), IsLight(rows, x, y + 1)));
            drawn.Append('\n');
        }

        return drawn.ToString();
    }

    private static bool IsLight(List<BitArray> rows, int x, int y) => y >= rows.Count || !rows[y][x];

    private static char Block(bool upper, bool lower) => (upper, lower) switch
    {
        (true, true) => '\u2588',
        (true, false) => '\u2580',
        (false, true) => '\u2584',
        _ => ' ',
    };
}
