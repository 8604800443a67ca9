namespace NuCypher.P2P.Actors.Journal;

/// <summary>
/// A journal's folder, held by one process: the database, its log, the lock, and which format it has.
/// </summary>
/// <remarks>
/// The lock is taken before anything is read, so that a second process finds out before it starts a node.
/// </remarks>
internal sealed class JournalFolder : IDisposable
{
    /// <summary>What the file <c>format</c> says: kind and version of everything in the folder.</summary>
    public const string Format = "nucypher-journal 4";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly List<FileStream> _locks;

    private JournalFolder(string path, FileStream locked) => (Path, _locks) = (path, [locked]);

    private const string Restored = "restored";
    private const int WouldBlock = 11; // what the runtime gives for a file that another process has locked
    private const int WouldBlockOnMac = 35;
    private const int SharingViolation = unchecked((int)0x80070020);
    private const string LockName = "journal.lock";
    private const string FormatName = "format";
    private const string InstanceName = "instance";

    /// <summary>The name of the database's file.</summary>
    public const string DatabaseName = "journal.db";

    /// <summary>What stands behind <see cref="DatabaseName"/> in the names of the log and its index.</summary>
    public static IReadOnlyList<string> Companions { get; } = ["-wal", "-shm"];

    /// <summary>
    /// Whether the database is a copy of the one that was written here before, or nobody knows whether it is: a policy
    /// in it may have been revoked since.
    /// </summary>
    public bool IsCopy => !File.Exists(Instance) || IsOther(File.ReadAllText(Instance).Trim());

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>The database's file.</summary>
    public string Database => In(Path, DatabaseName);

    /// <summary>Whether there is a database with anything in it.</summary>
    public static bool Exists(string path) => new FileInfo(In(path, DatabaseName)) is { Exists: true, Length: > 0 };

    /// <summary>Makes an empty folder, or takes one that is there.</summary>
    /// <exception cref="JournalException">It is in use, of another format, or can't be written.</exception>
    public static JournalFolder OpenOrCreate(string path)
    {
        JournalFolder? folder = null;
        try
        {
            MakePrivate(path);
            folder = new JournalFolder(path, Lock(path));
            folder.CheckFormat();
            MakeFile(folder.Database); // SQLite would not make it private
            return folder;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            folder?.Dispose();
            throw new JournalException(
                $"the journal in {path} can't be opened: {cause.Message}",
                "Check that the folder is yours to write and has room.", cause);
        }
        catch
        {
            folder?.Dispose();
            throw;
        }
    }

    /// <summary>Takes a folder that must be there already: one that is gone is a loss, not a first start.</summary>
    /// <exception cref="JournalException">It is not there, in use, of another format, or can't be written.</exception>
    public static JournalFolder Open(string path)
    {
        Require(path);
        return OpenOrCreate(path);
    }

    /// <summary>Makes sure that there is a journal of this program's format.</summary>
    /// <exception cref="JournalException">It is gone, or of another format.</exception>
    public static void Require(string path)
    {
        if (!Exists(path))
            throw Gone(path);
        RequireFormat(path);
    }

    /// <summary>An empty file that only its owner may read.</summary>
    public static void MakeFile(string path) => OpenPrivate(path, FileShare.ReadWrite).Dispose();

    /// <summary>Makes again what was deleted under the running program, but for the database.</summary>
    /// <param name="isCopy">False: the database is known to be no older copy, and that is noted.</param>
    /// <returns>Whether anything was.</returns>
    public bool TryMakeAgain(bool isCopy)
    {
        var missing = new[] { LockName, FormatName, InstanceName }
            .Where(name => !File.Exists(In(Path, name)) && !(isCopy && name == InstanceName)).ToList();
        if (missing.Count == 0)
            return false;
        MakePrivate(Path);
        if (missing.Contains(LockName))
            _locks.Add(Lock(Path));
        if (missing.Contains(FormatName))
            WriteFormat(In(Path, FormatName));
        if (missing.Contains(InstanceName))
            Accept();
        return true;
    }

    /// <summary>Notes which file the database is, if nothing was ever written to it.</summary>
    public void NoteIfNew()
    {
        if (!Exists(Path))
            Accept();
    }

    /// <summary>Makes sure that nothing but files stands where its files should: a pipe would be opened for ever.
    /// </summary>
    /// <exception cref="JournalException">Something else does.</exception>
    public void RequireFiles()
    {
        string[] names =
            [DatabaseName, .. Companions.Select(ending => DatabaseName + ending), LockName, FormatName, InstanceName];
        if (names.Select(name => In(Path, name)).FirstOrDefault(FileIdentity.IsOtherKind) is { } other)
            throw new JournalException($"{other} is no file: move away what is there", "It is put back then.");
    }

    /// <summary>Notes which file the database is now: it is no older copy.</summary>
    public void Accept() => WriteInstance(FileIdentity.Of(Database) ?? "");

    /// <summary>Notes that what the database holds came from a backup.</summary>
    public void MarkRestored() => WriteInstance(Restored);

    /// <summary>Syncs the names of its files, and its own: else a power cut could take them with all that is in
    /// them.</summary>
    /// <exception cref="JournalException">The disk failed.</exception>
    public void SyncNames()
    {
        try
        {
            FolderNames.Sync(Path);
            FolderNames.Sync(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Path)) ?? Path);
        }
        catch (IOException cause)
        {
            throw new JournalException(
                $"the journal in {Path} can't be made durable: {cause.Message}", "Check the disk.", cause);
        }
    }

    /// <summary>Lets the folder go.</summary>
    public void Dispose() => _locks.ForEach(locked => locked.Dispose());

    private void CheckFormat()
    {
        if (!File.Exists(In(Path, FormatName)) && !Exists(Path))
            WriteFormat(In(Path, FormatName));
        RequireFormat(Path);
    }

    private static void RequireFormat(string path)
    {
        var format = File.Exists(In(path, FormatName)) ? File.ReadAllText(In(path, FormatName)).Trim() : null;
        if (format != Format)
            throw OtherFormat(
                path,
                format is null
                    ? "an older program's"
                    : $"'{Printable(format)}', this program knows '{Format}'");
    }

    private bool IsOther(string noted) =>
        noted == Restored || (noted.Length > 0 && FileIdentity.Of(Database) is { } now && now != noted);

    private string Instance => In(Path, InstanceName);

    private void WriteInstance(string words)
    {
        using var stream = OpenPrivate(Instance, FileShare.None);
        stream.SetLength(0);
        stream.Write(System.Text.Encoding.ASCII.GetBytes(words + "\n"));
        stream.Flush(flushToDisk: true);
    }

    private static void WriteFormat(string file)
    {
        using var stream = OpenPrivate(file, FileShare.None);
        stream.Write(System.Text.Encoding.ASCII.GetBytes(Format + "\n"));
        stream.Flush(flushToDisk: true);
    }

    private static string Printable(string text) =>
        string.Concat(text.Take(60).Select(letter => char.IsControl(letter) ? '?' : letter));

    private static JournalException Gone(string path) => new(
        $"the journal in {path} is gone: the grants and policies that it held are not known here any more",
        "Restore the folder from a copy, or begin an empty one with: nucypher init --new-journal --data DIR");

    private static JournalException OtherFormat(string path, string format) => new(
        $"the journal in {path} has another format: {format}",
        "Use the program that wrote it, or move the folder away and begin an empty one with: "
        + "nucypher init --new-journal --data DIR");

    private static void MakePrivate(string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, OwnerOnly | UnixFileMode.UserExecute);
    }

    private static FileStream Lock(string path)
    {
        var file = In(path, LockName);
        try
        {
            return OpenPrivate(file, FileShare.None);
        }
        catch (IOException cause) when (cause.HResult is WouldBlock or WouldBlockOnMac or SharingViolation)
        {
            throw new JournalException(
                $"the journal in {path} is in use by another process",
                "Stop the node, or wait for the command, that uses this folder; or give another one with --data.",
                cause);
        }
    }

    private static FileStream OpenPrivate(string path, FileShare share)
    {
        var options =
            new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = share };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        return new FileStream(path, options);
    }

    private static string In(string path, string name) => System.IO.Path.Combine(path, name);
}
