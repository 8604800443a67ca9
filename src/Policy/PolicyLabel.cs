using System.Diagnostics.CodeAnalysis;
using System.Text;
using NuCypher.P2P.Policy.Text;

namespace NuCypher.P2P.Policy;

/// <summary>
/// Alice's name for what she shares: 1 to 256 bytes of UTF-8, without control characters, in normal form C.
/// </summary>
public sealed record PolicyLabel
{
    /// <summary>The longest label, in bytes of UTF-8: enough for a path, small enough for every message.</summary>
    public const int MaxSize = 256;

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    private PolicyLabel(string text) => Text = text;

    /// <summary>The label as Alice wrote it, in normal form C.</summary>
    public string Text { get; }

    /// <summary>
    /// Takes a text, in normal form C; false if it is empty, too long, not valid Unicode, or has control characters.
    /// </summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out PolicyLabel? label)
    {
        label = null;
        return !string.IsNullOrEmpty(text)
            && text.Length <= MaxSize * 3 // what normal form C may save
            && !text.Any(char.IsControl)
            && TryTake(NormalForm.Of(text), out label);
    }

    /// <summary>Reads UTF-8 as it stands; false if it is empty, too long, or not valid.</summary>
    public static bool TryRead(ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out PolicyLabel? label)
    {
        label = null;
        return utf8.Length <= MaxSize
            && System.Text.Unicode.Utf8.IsValid(utf8)
            && TryTake(Strict.GetString(utf8), out label);
    }

    /// <summary>Takes a text that is known to be a label.</summary>
    /// <exception cref="ArgumentException">It is not.</exception>
    public static PolicyLabel Parse(string text) => TryParse(text, out var label)
        ? label
        : throw new ArgumentException($"A label is 1 to {MaxSize} bytes of UTF-8.", nameof(text));

    /// <summary>The label in UTF-8.</summary>
    public byte[] ToBytes() => Strict.GetBytes(Text);

    /// <summary>The text.</summary>
    public override string ToString() => Text;

    private static bool TryTake(string text, [NotNullWhen(true)] out PolicyLabel? label)
    {
        var fits = text.Length is > 0 and <= MaxSize && NormalForm.IsUnicode(text)
            && Strict.GetByteCount(text) <= MaxSize;
        label = fits ? new PolicyLabel(text) : null;
        return fits;
    }
}
