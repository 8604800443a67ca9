using System.Text;
using NuCypher.P2P.Node.Errors;

namespace NuCypher.P2P.Node.Files;

/// <summary>Text that people write: UTF-8, or what a byte order mark says.</summary>
internal static class TextFile
{
    /// <summary>The longest text, in bytes; a device that never ends is none.</summary>
    public const int MaxSize = 8 << 20;

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>The text of a file, or of a pipe; null if it is in another encoding.</summary>
    /// <remarks>With substitutes for what is not UTF-8 two texts would be one.</remarks>
    /// <exception cref="CommandException">It is a folder or a socket, or longer than a text may be.</exception>
    public static string? TryRead(string path)
    {
        try
        {
            using var reader = new StreamReader(new MemoryStream(OutputFile.ReadInput(path, MaxSize)), Strict);
            return reader.ReadToEnd();
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
