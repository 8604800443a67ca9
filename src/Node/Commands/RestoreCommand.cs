using System.Security.Cryptography;
using NuCypher.P2P.Actors.Journal;
using NuCypher.P2P.Node.Backups;
using NuCypher.P2P.Node.CommandLine;
using NuCypher.P2P.Node.Errors;
using NuCypher.P2P.Node.Files;
using NuCypher.P2P.Node.Keystore;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Kits;

namespace NuCypher.P2P.Node.Commands;

/// <summary><c>restore</c>: a folder from a backup.</summary>
internal sealed class RestoreCommand : NodeCommand
{
    private const int PieceSize = 64 * 1024;

    /// <summary>The command's words.</summary>
    public RestoreCommand() : base(
        "restore",
        "Make a new folder from a backup, with the password that the identity had then.",
        "nucypher restore nucypher.backup --data ~/.nucypher")
    {
        Add(PolicyOptions.Input);
        Add(SharedOptions.Data);
        Add(SharedOptions.PasswordFile);
    }

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(CommandContext context, CancellationToken cancellation)
    {
        BackupCommand.RequireOwnJournal(context);
        var folder = DataFolder.At(context.Get(SharedOptions.Data));
        folder.RequireNoIdentity();
        using var input = OutputFile.OpenInput(context.Get(PolicyOptions.Input));
        var keystore = await BackupHead.ReadAsync(input, cancellation);
        using var password = PasswordSource.Read(context);
        using var identity = IdentityStore.OpenBytes(keystore, password, "the backup");
        var content = await OpenAsync(context, input, identity, cancellation);
        folder.Create();
        Write(folder, keystore, content, identity);
        Report.Write(context, new
        {
            nodeId = identity.Id.ToString(),
            histories = content.Histories.Count,
            withKeyFragments = content.HasKeyFrags,
            restoredTo = folder.Path,
        });
        return ExitCode.Success;
    }

    private static async Task<BackupContent> OpenAsync(
        CommandContext context, Stream input, Identity identity, CancellationToken cancellation)
    {
        using var progress = new ByteProgress(context.Live, "reading the backup", input);
        var head = new byte[StreamedKit.HeadSize];
        var read = await input.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellation);
        if (!StreamedKit.TryRead(head.AsSpan(0, read), out var kit, out _)
            || !kit.TryOpenOriginal(identity.DecryptingKey, out var opener))
            throw Altered();
        using (opener)
        using (var plain = new MemoryStream())
        {
            var piece = new byte[PieceSize];
            for (int count; (count = await input.ReadAsync(piece, cancellation)) > 0;)
            {
                plain.Write(opener.TryAppend(piece.AsSpan(0, count), out var payload) ? payload : throw Altered());
                progress.Report(plain.Length);
            }

            var isWhole = opener.Finish(out var rest, out var author) == KitOpening.Opened
                && identity.VerifyingKey.Equals(author);
            plain.Write(rest);
            if (!isWhole)
                throw Altered();
            return Read(plain);
        }
    }

    private static BackupContent Read(MemoryStream plain)
    {
        var bytes = plain.GetBuffer().AsSpan(0, (int)plain.Length);
        try
        {
            return BackupContent.Read(bytes);
        }
        catch (InvalidDataException e)
        {
            throw new CommandException(ExitCode.BadInput, e.Message, "Take the copy of another day.");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    // The keystore comes last: a folder that is half there has no identity.
    private static void Write(DataFolder folder, byte[] keystore, BackupContent content, Identity identity)
    {
        JournalCopy.Write(folder.Journal, identity, content.Histories);
        foreach (var path in folder.Kept)
        {
            if (content.Files.TryGetValue(Path.GetFileName(path), out var bytes))
                AtomicFile.Write(path, bytes, Modes.Secret);
        }
        if (!AtomicFile.TryCreate(folder.Keystore, keystore, Modes.Secret))
            throw folder.HasIdentity;
    }

    private static CommandException Altered() => new(
        ExitCode.BadInput, "the backup is altered, cut short, or not of its own making",
        "Take another copy; nothing was written.");
}
