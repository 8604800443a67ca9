using System.Security.Cryptography;

namespace NuCypher.P2P.Node.Keystore;

/// <summary>A seed as 24 words that can be written on paper: 256 bits and 8 bits of checksum, 11 bits a word.</summary>
/// <remarks>
/// A word is consonant, vowel, consonant, vowel (4, 2, 4 and 1 bits), so that no list of words is needed: <c>bado</c>,
/// <c>zumo</c>. The checksum is the first byte of SHA-256 over a tag and the seed; it finds all but one in 256 of the
/// slips of a pen. Secret: all of it; alphabets are read whole, never indexed by the seed, and the text is bytes that
/// can be zeroed.
/// </remarks>
internal static class RecoveryPhrase
{
    /// <summary>The number of words.</summary>
    public const int WordCount = 24;

    /// <summary>
    /// The size of the text: 24 words of four letters, each with a space or the final line feed behind it.
    /// </summary>
    public const int Size = WordCount * (WordSize + 1);

    private const int WordSize = 4;
    private const int BitsPerWord = 11;

    private static ReadOnlySpan<byte> Consonants => "bdfghjklmnprstvz"u8;

    private static ReadOnlySpan<byte> Vowels => "aiou"u8;

    private static ReadOnlySpan<byte> Endings => "ao"u8;

    /// <summary>Writes a seed of 32 bytes as ASCII text of <see cref="Size"/> bytes.</summary>
    public static void Write(ReadOnlySpan<byte> seed, Span<byte> text)
    {
        Span<byte> bytes = stackalloc byte[KeystoreFile.SeedSize + 1];
        seed.CopyTo(bytes);
        bytes[^1] = Checksum(seed);
        text[..Size].Fill((byte)' ');
        for (var i = 0; i < WordCount; i++)
            WriteWord(Bits(bytes, i * BitsPerWord), text.Slice(i * (WordSize + 1), WordSize));
        text[Size - 1] = (byte)'\n';
        CryptographicOperations.ZeroMemory(bytes);
    }

    /// <summary>
    /// Reads ASCII words in any case, with any white space between; false if they are not 24 of ours, or the checksum
    /// differs.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> text, Span<byte> seed)
    {
        Span<byte> bytes = stackalloc byte[KeystoreFile.SeedSize + 1];
        bytes.Clear();
        var good = true;
        for (var i = 0; i < WordCount; i++)
        {
            text = text.TrimStart(" \t\r\n"u8);
            good = good && text.Length >= WordSize && TrySetWord(text[..WordSize], bytes, i * BitsPerWord);
            text = text[Math.Min(WordSize, text.Length)..];
            good = good && (text.IsEmpty || " \t\r\n"u8.Contains(text[0]));
        }

        good = good && text.TrimStart(" \t\r\n"u8).IsEmpty && Checksum(bytes[..^1]) == bytes[^1];
        if (good)
            bytes[..^1].CopyTo(seed);
        CryptographicOperations.ZeroMemory(bytes);
        return good;
    }

    private static byte Checksum(ReadOnlySpan<byte> seed)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        sha.AppendData("NuCypher.P2P/recovery-phrase"u8);
        sha.AppendData(seed);
        sha.GetHashAndReset(hash);
        return hash[0];
    }

    private static void WriteWord(int bits, Span<byte> word)
    {
        word[0] = Letter(Consonants, bits >> 7);
        word[1] = Letter(Vowels, (bits >> 5) & 3);
        word[2] = Letter(Consonants, (bits >> 1) & 15);
        word[3] = Letter(Endings, bits & 1);
    }

    private static bool TrySetWord(ReadOnlySpan<byte> word, Span<byte> bytes, int offset)
    {
        var value = (Number(Consonants, word[0]) << 7) | (Number(Vowels, word[1]) << 5)
            | (Number(Consonants, word[2]) << 1) | Number(Endings, word[3]);
        for (var i = 0; i < BitsPerWord; i++)
            bytes[(offset + i) / 8] |= (byte)(((value >> (BitsPerWord - 1 - i)) & 1) << (7 - ((offset + i) % 8)));
        return value >= 0;
    }

    // All bits set where the two are equal, none elsewhere; both below 256.
    private static int SameMask(int a, int b) => ((a ^ b) - 1) >> 31;

    private static byte Letter(ReadOnlySpan<byte> alphabet, int number)
    {
        var letter = 0;
        for (var i = 0; i < alphabet.Length; i++)
            letter |= alphabet[i] & SameMask(i, number);
        return (byte)letter;
    }

    // The number of a letter, in either case; negative if it is none of the alphabet's.
    private static int Number(ReadOnlySpan<byte> alphabet, byte letter)
    {
        var (number, found) = (0, 0);
        for (var i = 0; i < alphabet.Length; i++)
        {
            var same = SameMask(alphabet[i], letter | 0x20);
            (number, found) = (number | (i & same), found | same);
        }

        return number | ~found;
    }

    private static int Bits(ReadOnlySpan<byte> bytes, int offset)
    {
        var value = 0;
        for (var i = offset; i < offset + BitsPerWord; i++)
            value = (value << 1) | ((bytes[i / 8] >> (7 - (i % 8))) & 1);
        return value;
    }
}
