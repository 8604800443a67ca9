using System.Security.Cryptography;

namespace NuCypher.P2P.Node.Keystore;

/// <summary>A seed as 24 words that can be written on paper: 256 bits and 8 bits of checksum, 11 bits a word.</summary>
/// <remarks>
/// A word is consonant, vowel, consonant, vowel (4, 2, 4 and 1 bits), so that no list of words is needed: <c>bado</c>,
/// <c>zumo</c>. The checksum is the first byte of SHA-256 over a tag and the seed; it finds all but one in 256 of the slips
/// of a pen. Secret: all of it.
/// </remarks>
internal static class RecoveryPhrase
{
    /// <summary>The number of words.</summary>
    public const int WordCount = 24;

    private const int BitsPerWord = 11;
    private const string Consonants = "bdfghjklmnprstvz";
    private const string Vowels = "aiou";
    private const string Endings = "ao";

    /// <summary>Writes a seed of 32 bytes as words with a space between.</summary>
    public static string ToText(ReadOnlySpan<byte> seed)
    {
        Span<byte> bytes = stackalloc byte[KeystoreFile.SeedSize + 1];
        seed.CopyTo(bytes);
        bytes[^1] = Checksum(seed);
        var words = new string[WordCount];
        for (var i = 0; i < WordCount; i++)
            words[i] = Word(Bits(bytes, i * BitsPerWord));
        CryptographicOperations.ZeroMemory(bytes);
        return string.Join(' ', words);
    }

    /// <summary>Reads words back; false if they are not 24 of ours, or the checksum differs. Never throws.</summary>
    public static bool TryRead(string text, Span<byte> seed)
    {
        var words = text.Split((char[]?)null, WordCount + 1, StringSplitOptions.RemoveEmptyEntries);
        Span<byte> bytes = stackalloc byte[KeystoreFile.SeedSize + 1];
        bytes.Clear();
        var good = words.Length == WordCount;
        for (var i = 0; i < WordCount && good; i++)
            good = TrySetWord(words[i].ToLowerInvariant(), bytes, i * BitsPerWord);
        good = good && Checksum(bytes[..^1]) == bytes[^1];
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

    private static string Word(int bits) => string.Create(4, bits, static (word, value) =>
    {
        word[0] = Consonants[value >> 7];
        word[1] = Vowels[(value >> 5) & 3];
        word[2] = Consonants[(value >> 1) & 15];
        word[3] = Endings[value & 1];
    });

    private static bool TrySetWord(string word, Span<byte> bytes, int offset)
    {
        if (word.Length != 4)
            return false;
        var (first, second) = (Consonants.IndexOf(word[0]), Vowels.IndexOf(word[1]));
        var (third, fourth) = (Consonants.IndexOf(word[2]), Endings.IndexOf(word[3]));
        if (first < 0 || second < 0 || third < 0 || fourth < 0)
            return false;
        var value = (first << 7) | (second << 5) | (third << 1) | fourth;
        for (var i = 0; i < BitsPerWord; i++)
            bytes[(offset + i) / 8] |= (byte)(((value >> (BitsPerWord - 1 - i)) & 1) << (7 - ((offset + i) % 8)));
        return true;
    }

    private static int Bits(ReadOnlySpan<byte> bytes, int offset)
    {
        var value = 0;
        for (var i = offset; i < offset + BitsPerWord; i++)
            value = (value << 1) | ((bytes[i / 8] >> (7 - (i % 8))) & 1);
        return value;
    }
}
