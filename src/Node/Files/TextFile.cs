using System.Text;

namespace NuCypher.P2P.Node.Files;

/// <summary>Text that people write: UTF-8, or what a byte order mark says.</summary>
internal static class TextFile
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>The text of a file; null if it is in another encoding.</summary>
    /// <remarks>With substitutes for what is not UTF-8 two texts would be one.</remarks>
    public static string? TryRead(string path)
    {
        try
        {
            return File.ReadAllText(path, Strict);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
