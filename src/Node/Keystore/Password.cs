using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using NuCypher.P2P.Policy.Text;

namespace NuCypher.P2P.Node.Keystore;

/// <summary>What a user types; zeroed when disposed.</summary>
/// <remarks>
/// Bytes that are not UTF-8 are no password: decoding them with a substitute would make many passwords one. In normal
/// form C, because keyboards and editors spell an é in two ways; older keystores were sealed with what was typed.
/// </remarks>
internal sealed class Password : IDisposable
{
    /// <summary>Longest password, in bytes of UTF-8.</summary>
    public const int MaxSize = 1024;

    private const int ShortestGood = 8;
    private const int FewestDifferent = 5;

    private static readonly string[] Common =
    [
        "password", "passwort", "motdepasse", "qwertyuiop", "qwertzuiop", "asdfghjkl", "iloveyou", "princess",
        "football",
        "baseball", "sunshine", "superman", "starwars", "trustno1", "whatever", "letmein", "dragon", "monkey",
        "welcome",
        "changeme", "secret", "nucypher", "12345678", "87654321", "qwerty", "1q2w3e4r", "abc123", "admin",
    ];

    private Password(byte[] utf8, byte[]? typed) => (Utf8, Typed) = (utf8, typed);

    /// <summary>The bytes in normal form C, for the key derivation only.</summary>
    public byte[] Utf8 { get; }

    /// <summary>The bytes as they were typed; null if they are the same.</summary>
    public byte[]? Typed { get; }

    /// <summary>Why a new password should not be this one; null if nothing speaks against it.</summary>
    public string? Weakness
    {
        get
        {
            var runes = RunesOf(Utf8);
            var weakness =
                runes.Length < ShortestGood ? $"it has {runes.Length} characters; {ShortestGood} are the least"
                : runes.Distinct().Count() < FewestDifferent
                    ? $"it has fewer than {FewestDifferent} different characters"
                : IsSequence(runes) ? "its characters follow each other in the alphabet"
                : IsCommon(runes) ? "it is among the first that anybody tries"
                : null;
            Array.Clear(runes);
            return weakness;
        }
    }

    /// <summary>Takes a copy of typed characters; says why not.</summary>
    public static bool TryRead(
        ReadOnlySpan<char> text, [NotNullWhen(true)] out Password? password, out PasswordRefusal refusal)
    {
        password = null;
        refusal = PasswordRefusal.NotUnicode;
        if (!NormalForm.IsUnicode(text))
            return false;
        var utf8 = new byte[Encoding.UTF8.GetByteCount(text)];
        Encoding.UTF8.GetBytes(text, utf8);
        var taken = TryRead(utf8, out password, out refusal);
        CryptographicOperations.ZeroMemory(utf8);
        return taken;
    }

    /// <summary>Takes a copy of UTF-8; says why not.</summary>
    public static bool TryRead(
        ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out Password? password, out PasswordRefusal refusal)
    {
        password = null;
        refusal = utf8.IsEmpty ? PasswordRefusal.Empty
            : utf8.Length > MaxSize ? PasswordRefusal.TooLong
            : !System.Text.Unicode.Utf8.IsValid(utf8) ? PasswordRefusal.NotUnicode
            : PasswordRefusal.None;
        if (refusal != PasswordRefusal.None)
            return false;
        var normal = Normalize(utf8);
        var isNormal = utf8.SequenceEqual(normal);
        password = new Password(normal, isNormal ? null : utf8.ToArray());
        return true;
    }

    /// <summary>Whether another password is the same.</summary>
    public bool Equals(Password other) => CryptographicOperations.FixedTimeEquals(Utf8, other.Utf8);

    /// <inheritdoc/>
    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(Utf8);
        CryptographicOperations.ZeroMemory(Typed);
    }

    /// <summary>Shows nothing.</summary>
    public override string ToString() => nameof(Password);

    private static byte[] Normalize(ReadOnlySpan<byte> utf8)
    {
        var typed = new char[Encoding.UTF8.GetCharCount(utf8)];
        Encoding.UTF8.GetChars(utf8, typed);
        var normal = NormalForm.Of(typed.AsSpan());
        var bytes = Encoding.UTF8.GetBytes(normal);
        Array.Clear(typed);
        Array.Clear(normal);
        return bytes;
    }

    private static Rune[] RunesOf(ReadOnlySpan<byte> utf8)
    {
        var runes = new Rune[utf8.Length];
        var count = 0;
        for (; !utf8.IsEmpty; count++)
        {
            Rune.DecodeFromUtf8(utf8, out runes[count], out var consumed);
            utf8 = utf8[consumed..];
        }
        var exact = runes[..count];
        Array.Clear(runes);
        return exact;
    }

    private static bool IsSequence(Rune[] runes)
    {
        var step = runes[1].Value - runes[0].Value;
        return step is 1 or -1
            && Enumerable.Range(1, runes.Length - 1).All(i => runes[i].Value - runes[i - 1].Value == step);
    }

    // A common word with some digits or signs around it, in any case.
    private static bool IsCommon(Rune[] runes)
    {
        var letters = runes.Select(Rune.ToLowerInvariant).ToArray();
        return Common.Any(word => word.Length + 4 >= letters.Length && Contains(letters, word));
    }

    private static bool Contains(Rune[] letters, string word) =>
        Enumerable.Range(0, Math.Max(0, letters.Length - word.Length + 1))
            .Any(start => word.Select((c, i) => letters[start + i].Value == c).All(same => same));
}
