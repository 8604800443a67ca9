using System.CommandLine;
using System.Security.Cryptography;
using NuCypher.P2P.Node.Errors;
using NuCypher.P2P.Node.Files;
using NuCypher.P2P.Node.Keystore;

namespace NuCypher.P2P.Node.CommandLine;

/// <summary>The recovery phrase of an identity: kept when it is made, or the source that it is made from.</summary>
internal static class PhraseOptions
{
    private const int MaxPhraseFile = 4096;

    /// <summary>Where the phrase goes.</summary>
    public static Option<FileInfo?> Save { get; } = new("--save-phrase")
    {
        Description = "New file for 24 words from which the identity can be restored: print it, lock it away, delete it.",
        HelpName = "FILE",
    };

    /// <summary>Where it comes from.</summary>
    public static Option<FileInfo?> Restore { get; } = new("--restore-phrase")
    {
        Description = "File with the 24 words of an identity that was lost.",
        HelpName = "FILE",
    };

    /// <summary>Reads the seed that the command line's phrase stands for; false if it names none.</summary>
    /// <exception cref="CommandException">The file is missing, or is not a phrase.</exception>
    public static bool TryReadSeed(CommandContext context, Span<byte> seed)
    {
        if (context.Get(Restore) is not { } file)
            return false;
        if (!file.Exists)
            throw new CommandException(ExitCode.Storage, $"there is no file {file.FullName}", "Give the file with the 24 words.");
        var text = file.Length <= MaxPhraseFile ? File.ReadAllBytes(file.FullName) : [];
        var isPhrase = RecoveryPhrase.TryRead(text, seed);
        CryptographicOperations.ZeroMemory(text);
        if (isPhrase)
            return true;
        throw new CommandException(
            ExitCode.BadInput, $"{file.FullName} is not a recovery phrase", "It has 24 words of four letters; one of them is missing or wrong.");
    }

    /// <summary>Refuses a file for the phrase that is there already, before a password is asked for.</summary>
    /// <exception cref="CommandException">It is.</exception>
    public static void RequireNewFile(CommandContext context)
    {
        if (context.Get(Save) is { } file && Posix.StatusOf(file.FullName) is not null)
            throw IsThere(file);
    }

    /// <summary>Writes the phrase of a seed, if the command line asks for it: before the identity, which is worth little without it.</summary>
    /// <exception cref="CommandException">The file is there already.</exception>
    public static void Write(CommandContext context, ReadOnlySpan<byte> seed)
    {
        if (context.Get(Save) is not { } file)
            return;
        Span<byte> text = stackalloc byte[RecoveryPhrase.Size];
        RecoveryPhrase.Write(seed, text);
        var isNew = AtomicFile.TryCreate(file.FullName, text, Modes.Secret);
        CryptographicOperations.ZeroMemory(text);
        if (!isNew)
            throw IsThere(file);
    }

    /// <summary>Takes the phrase back of an identity that was not made.</summary>
    public static void Withdraw(CommandContext context) => context.Get(Save)?.Delete();

    private static CommandException IsThere(FileInfo file) =>
        new(ExitCode.Storage, $"{file.FullName} is there already", "Name a new file for the phrase.");
}
