using NuCypher.P2P.Actors.Journal;
using NuCypher.P2P.Node.Errors;

namespace NuCypher.P2P.Node.Files;

/// <summary>A node's folder and what lies where in it.</summary>
/// <param name="Path">Absolute path.</param>
internal sealed record DataFolder(string Path)
{
    /// <summary>The seed under the password.</summary>
    public string Keystore => In("keystore");

    /// <summary>The TLS certificate with its key.</summary>
    public string Certificate => In("tls.pem");

    /// <summary>The folder of the database: policies and grants.</summary>
    public string Journal => In("journal");

    /// <summary>The files beside keystore and journal that a backup keeps; each may be missing.</summary>
    public IReadOnlyList<string> Kept => [Certificate, Contacts, Peers, Records];

    /// <summary>Where the running node serves.</summary>
    public string Service => In("service");

    /// <summary>The nodes that were known at the last stop.</summary>
    public string Peers => In("peers");

    /// <summary>The cards of others under their names.</summary>
    public string Contacts => In("contacts");

    /// <summary>The records that were kept for others at the last stop.</summary>
    public string Records => In("records");

    /// <summary>The folder of a command line; it need not exist.</summary>
    /// <exception cref="CommandException">None was given, and there is no home.</exception>
    public static DataFolder At(DirectoryInfo? directory) => directory is null
        ? throw new CommandException(
            ExitCode.Usage, "there is no home folder to keep .nucypher in", "Give --data DIR, or set HOME.")
        : new(directory.FullName);

    /// <summary>Why a new identity is refused.</summary>
    public CommandException HasIdentity => new(
        ExitCode.Storage, $"{Path} has an identity already", "Choose another folder with --data, or use this one.");

    /// <summary>Says early that there is an identity; only writing a new one tells for certain.</summary>
    /// <exception cref="CommandException">There is one.</exception>
    public void RequireNoIdentity()
    {
        if (StatusOf(Keystore) is not null)
            throw HasIdentity;
    }

    /// <summary>Makes the folder, 0700; an empty one that is there becomes so.</summary>
    /// <exception cref="CommandException">It can't be made, or others may write to it.</exception>
    public void Create()
    {
        try
        {
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(Path);
            else if (StatusOf(Path) is null)
                Directory.CreateDirectory(Path, Modes.SecretFolder);
            else if (!Directory.EnumerateFileSystemEntries(Path).Any())
                File.SetUnixFileMode(Path, Modes.SecretFolder);
            FolderNames.Sync(System.IO.Path.GetDirectoryName(Path) ?? Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(
                ExitCode.Storage, $"the folder {Path} can't be made: {e.Message}",
                "Choose a folder that you may write with --data.");
        }
        RequireOwn(Path, Modes.OthersWrite, "700");
        RequireKinds();
    }

    /// <summary>Makes sure that there is an identity, and that its secrets are its owner's alone.</summary>
    /// <exception cref="CommandException">There is none, or others may read or replace it.</exception>
    public void RequireIdentity()
    {
        if (StatusOf(Path) is { IsFolder: false })
            throw new CommandException(ExitCode.Storage, $"{Path} is no folder", "Give the node's folder with --data.");
        if (StatusOf(Keystore) is null)
        {
            throw new CommandException(
                ExitCode.Storage, $"{Path} has no identity", $"Make one with: nucypher init --data {Path}");
        }
        RequireKinds();
        RequireOwn(Path, Modes.OthersWrite, "700");
        RequireOwn(Keystore, Modes.Others, "600");
        RequireOwn(Certificate, Modes.Others, "600");
    }

    /// <summary>
    /// Makes sure that everything of this program in the folder is what it should be: who opens a pipe in the place of
    /// a file waits for ever.
    /// </summary>
    /// <exception cref="CommandException">Something is of another kind.</exception>
    public void RequireKinds()
    {
        foreach (var path in (string[])[Keystore, Service, .. Kept, FileLock.NameOf(Contacts)])
            RequireKind(path, FileKind.File);
        if (RequireKind(Journal, FileKind.Folder) is null)
            return;
        foreach (var path in Directory.EnumerateFileSystemEntries(Journal))
            RequireKind(path, FileKind.File);
    }

    private static FileStatus? RequireKind(string path, FileKind kind)
    {
        var there = StatusOf(path);
        return there is null || there.Kind == kind
            ? there
            : throw new CommandException(
                ExitCode.Storage, $"{path} is {there.Word}, and should be {FileStatus.WordOf(kind)}",
                "It is not of this program's making: move it away, and restore what was there from a copy.");
    }

    private static void RequireOwn(string path, UnixFileMode forbidden, string mode)
    {
        if (StatusOf(path) is not { } there)
            return;
        if (there.LetsOthers(forbidden))
        {
            throw new CommandException(
                ExitCode.Storage, $"{path} is open to other users of this machine",
                $"Take that away with: chmod {mode} {path}");
        }
        if (there.Owner != Posix.User && Posix.User != 0)
        {
            throw new CommandException(
                ExitCode.Storage, $"{path} belongs to another user of this machine",
                "Run this as that user, or give a folder of your own with --data.");
        }
    }

    private static FileStatus? StatusOf(string path)
    {
        try
        {
            return Posix.StatusOf(path);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new CommandException(
                ExitCode.Storage, $"you may not look into {System.IO.Path.GetDirectoryName(path)} ({e.Message})",
                "Run this as the user that it belongs to, or give a folder of your own with --data.");
        }
    }

    private string In(string name) => System.IO.Path.Combine(Path, name);
}
