using NuCypher.P2P.Actors.Journal;

namespace NuCypher.P2P.Node.Files;

/// <summary>
/// A file that appears whole or not at all: bytes go where nobody sees them, and <see cref="Commit"/> syncs and names
/// them.
/// </summary>
/// <remarks>
/// Disposed without a commit, it leaves nothing behind, and a file that was there before is unchanged. Where the file
/// system can, the bytes have no name before the commit, so that not even a killed program leaves any. A link at the
/// path stays: the file that it names is replaced.
/// </remarks>
internal sealed class AtomicFile : IDisposable
{
    private readonly string _path;
    private readonly string _folder;
    private readonly FileStream _stream;
    private readonly UnixFileMode? _oldMode;
    private string? _temporary;

    /// <summary>Begins a file, readable as <paramref name="mode"/> says from its first byte.</summary>
    /// <param name="path">Where it will be.</param>
    /// <param name="mode">Who may read it; the user's umask takes away.</param>
    /// <param name="keepsMode">Whether the mode of a file that it replaces wins over <paramref name="mode"/>.</param>
    /// <exception cref="IOException">The folder is missing or full.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder is not writable.</exception>
    public AtomicFile(string path, UnixFileMode mode = Modes.Shared, bool keepsMode = false)
    {
        _path = Path.GetFullPath(TargetOf(path));
        _folder = Path.GetDirectoryName(_path) ?? throw new IOException($"{path} is a folder");
        _oldMode = keepsMode && Posix.StatusOf(_path) is { IsFile: true } old ? old.Mode : null;
        if (!Directory.Exists(_folder))
            throw new DirectoryNotFoundException($"there is no folder {_folder}");
        var first = _oldMode is null ? mode : Modes.Secret;
        _stream = Posix.CreateNameless(_folder, first) is { } nameless
            ? new FileStream(nameless, FileAccess.Write)
            : CreateNeighbour(first);
    }

    /// <summary>Where to write.</summary>
    public Stream Stream => _stream;

    /// <summary>How to open a file that is readable as <paramref name="mode"/> says from its first byte.</summary>
    public static FileStreamOptions Options(
        FileMode open, FileAccess access, UnixFileMode mode, FileOptions options = FileOptions.None)
    {
        var all = new FileStreamOptions { Mode = open, Access = access, Options = options };
        if (!OperatingSystem.IsWindows())
            all.UnixCreateMode = mode;
        return all;
    }

    /// <summary>Writes a whole file in one step.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content, UnixFileMode mode = Modes.Shared)
    {
        try
        {
            using var file = new AtomicFile(path, mode);
            file.Stream.Write(content);
            file.Commit();
        }
        catch (IOException e)
        {
            throw Named(path, e);
        }
    }

    /// <summary>A failure that says at which path: a file without a name can't say it.</summary>
    public static IOException Named(string path, IOException failure) =>
        failure.Message.Contains(path, StringComparison.Ordinal)
            ? failure
            : new IOException($"{path}: {failure.Message}", failure);

    /// <summary>
    /// Writes a whole new file in one step; false, and nothing changes, if something is there already.
    /// </summary>
    public static bool TryCreate(string path, ReadOnlySpan<byte> content, UnixFileMode mode)
    {
        using var file = new AtomicFile(path, mode);
        file.Stream.Write(content);
        return file.TryCommitNew();
    }

    /// <summary>Syncs the bytes to the disk and puts the file in its place, over an older one.</summary>
    public void Commit()
    {
        Sync();
        if (_temporary is null)
        {
            var name = NewName();
            Posix.TryName(_stream.SafeFileHandle, name);
            _temporary = name;
        }
        _stream.Dispose();
        File.Move(_temporary, _path, overwrite: true);
        _temporary = null;
        FolderNames.Sync(_folder);
    }

    /// <summary>
    /// Syncs the bytes to the disk and puts the file in its place; false, and nothing changes, if something is there.
    /// </summary>
    /// <remarks>Of two who do this at the same moment one gets false.</remarks>
    public bool TryCommitNew()
    {
        Sync();
        var isNew = _temporary is null ? Posix.TryName(_stream.SafeFileHandle, _path) : TryMove(_temporary);
        _stream.Dispose();
        FolderNames.Sync(_folder);
        return isNew;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stream.Dispose();
        if (_temporary is not null)
            File.Delete(_temporary);
    }

    private static string TargetOf(string path) => new FileInfo(path).LinkTarget is null
        ? path
        : File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName; // it is a link

    private FileStream CreateNeighbour(UnixFileMode mode)
    {
        var name = NewName();
        try
        {
            var stream = new FileStream(name, Options(FileMode.CreateNew, FileAccess.Write, mode));
            _temporary = name;
            return stream;
        }
        catch (IOException e)
        {
            throw new IOException(e.Message.Replace(name, _path, StringComparison.Ordinal), e);
        }
    }

    // Not made from the file's own name, which may be as long as names can be.
    private string NewName() => Path.Combine(_folder, $".nucypher-{Path.GetRandomFileName()}.tmp");

    private void Sync()
    {
        if (_oldMode is { } mode && !OperatingSystem.IsWindows())
            File.SetUnixFileMode(_stream.SafeFileHandle, mode);
        _stream.Flush(flushToDisk: true);
    }

    private bool TryMove(string temporary)
    {
        if (!OperatingSystem.IsWindows())
            return Posix.TryLink(temporary, _path);
        if (File.Exists(_path))
            return false;
        File.Move(temporary, _path, overwrite: false);
        _temporary = null;
        return true;
    }
}
