using System.CommandLine;
using System.Security.Cryptography;
using NuCypher.P2P.Node.Errors;
using NuCypher.P2P.Node.Files;
using NuCypher.P2P.Node.Keystore;
using NuCypher.P2P.Policy;

namespace NuCypher.P2P.Node.CommandLine;

/// <summary>
/// Where the seed of an identity comes from, if not from chance: its recovery phrase, or somebody else's random bytes;
/// and where its phrase goes.
/// </summary>
internal static class PhraseOptions
{
    private const int MaxPhraseFile = 4096;
    private const int FewestDifferent = 12; // of 32 random bytes; a chance of 10⁻²⁰ to have fewer

    /// <summary>Where the phrase goes.</summary>
    public static Option<FileInfo?> Save { get; } = new("--save-phrase")
    {
        Description =
            "New file for 24 words from which the identity can be restored: print it, lock it away, delete it.",
        HelpName = "FILE",
    };

    /// <summary>Where it comes from.</summary>
    public static Option<FileInfo?> Restore { get; } = new("--restore-phrase")
    {
        Description = "File with the 24 words of an identity that was lost.",
        HelpName = "FILE",
    };

    /// <summary>Where somebody else's seed comes from.</summary>
    public static Option<FileInfo?> Import { get; } = new("--import-seed")
    {
        Description = "File with 32 random bytes, or their 64 hexadecimal digits, from dice or another machine.",
        HelpName = "FILE",
    };

    /// <summary>Reads the seed that the command line names; false if it names none.</summary>
    /// <exception cref="CommandException">The file is missing, or is not a phrase or a seed.</exception>
    public static bool TryReadSeed(CommandContext context, Span<byte> seed)
    {
        if (context.Get(Restore) is { } phrase)
        {
            Read(phrase, seed, RecoveryPhrase.TryRead, "not a recovery phrase",
                "It has 24 words of four letters; one of them is missing or wrong.");
            return true;
        }

        if (context.Get(Import) is not { } file)
            return false;
        Read(file, seed, TryReadBytes, "no 32 random bytes",
            "Give a file of exactly 32 bytes, or of 64 hexadecimal digits, that came from chance.");
        return true;
    }

    /// <summary>Refuses a file for the phrase that is there already, before a password is asked for.</summary>
    /// <exception cref="CommandException">It is.</exception>
    public static void RequireNew(FileInfo? file)
    {
        if (file is not null && Posix.StatusOf(file.FullName) is not null)
            throw IsThere(file);
    }

    /// <summary>Writes the phrase of a seed, for its owner alone.</summary>
    /// <exception cref="CommandException">The file is there already.</exception>
    public static void Write(FileInfo file, ReadOnlySpan<byte> seed)
    {
        Span<byte> text = stackalloc byte[RecoveryPhrase.Size];
        RecoveryPhrase.Write(seed, text);
        var isNew = AtomicFile.TryCreate(file.FullName, text, Modes.Secret);
        CryptographicOperations.ZeroMemory(text);
        if (!isNew)
            throw IsThere(file);
    }

    private static void Read(FileInfo file, Span<byte> seed, SeedReader read, string what, string remedy)
    {
        if (!file.Exists)
            throw new CommandException(
                ExitCode.Storage, $"there is no file {file.FullName}", "Give the file that it is in.");
        using var input = OutputFile.OpenInput(file.FullName); // perhaps a pipe, whose length nobody knows
        var text = new byte[MaxPhraseFile + 1];
        var size = input.ReadAtLeast(text, text.Length, throwOnEndOfStream: false);
        var isRead = size <= MaxPhraseFile && read(text.AsSpan(0, size), seed);
        CryptographicOperations.ZeroMemory(text);
        if (!isRead)
            throw new CommandException(ExitCode.BadInput, $"{file.FullName} is {what}", remedy);
    }

    private static bool TryReadBytes(ReadOnlySpan<byte> text, Span<byte> seed)
    {
        Span<byte> bytes = stackalloc byte[Identity.SeedSize];
        var isRead = text.Length == bytes.Length
            ? text.TryCopyTo(bytes)
            : TryReadDigits(text.TrimEnd("\r\n "u8), bytes);
        isRead = isRead && CountDifferent(bytes) >= FewestDifferent;
        if (isRead)
            bytes.CopyTo(seed);
        CryptographicOperations.ZeroMemory(bytes);
        return isRead;
    }

    private static bool TryReadDigits(ReadOnlySpan<byte> digits, Span<byte> bytes)
    {
        if (digits.Length != 2 * bytes.Length)
            return false;
        var wrong = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            var value = (Digit(digits[2 * i]) << 4) | Digit(digits[(2 * i) + 1]);
            wrong |= value;
            bytes[i] = unchecked((byte)value);
        }

        return wrong >= 0;
    }

    // The value of a hexadecimal digit in either case, negative for another character; no branch, no table.
    private static int Digit(byte c)
    {
        var (number, letter) = (c - '0', (c | 0x20) - 'a');
        var (isNumber, isLetter) = (~((number | (9 - number)) >> 31), ~((letter | (5 - letter)) >> 31));
        return (number & isNumber) | ((letter + 10) & isLetter) | ~(isNumber | isLetter);
    }

    // Compares each with each: no table is indexed by a secret.
    private static int CountDifferent(ReadOnlySpan<byte> bytes)
    {
        var count = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            var isNew = 1;
            for (var j = 0; j < i; j++)
                isNew &= ((bytes[i] ^ bytes[j]) + 0xFF) >> 8;
            count += isNew;
        }

        return count;
    }

    private static CommandException IsThere(FileInfo file) =>
        new(ExitCode.Storage, $"{file.FullName} is there already", "Name a new file for the phrase.");

    private delegate bool SeedReader(ReadOnlySpan<byte> text, Span<byte> seed);
}
