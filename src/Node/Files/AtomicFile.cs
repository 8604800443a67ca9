namespace NuCypher.P2P.Node.Files;

/// <summary>A file that appears whole or not at all: bytes go to a neighbour, which <see cref="Commit"/> syncs and renames.</summary>
/// <remarks>Disposed without a commit, it leaves nothing behind, and a file that was there before is unchanged.</remarks>
internal sealed class AtomicFile : IDisposable
{
    private readonly string _path;
    private readonly string _temporary;
    private readonly FileStream _stream;
    private bool _committed;

    /// <summary>Creates the neighbour, in the same folder, readable as <paramref name="mode"/> says from its first byte.</summary>
    /// <exception cref="IOException">The folder is missing or full.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder is not writable.</exception>
    public AtomicFile(string path, UnixFileMode mode = Modes.Shared)
    {
        _path = Path.GetFullPath(path);
        _temporary = $"{_path}.{Path.GetRandomFileName()}.tmp";
        _stream = new FileStream(_temporary, Options(FileMode.CreateNew, FileAccess.Write, mode));
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
        using var file = new AtomicFile(path, mode);
        file.Stream.Write(content);
        file.Commit();
    }

    /// <summary>Syncs the bytes to the disk and puts the file in its place, over an older one.</summary>
    public void Commit()
    {
        _stream.Flush(flushToDisk: true);
        _stream.Dispose();
        File.Move(_temporary, _path, overwrite: true);
        _committed = true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stream.Dispose();
        if (!_committed)
            File.Delete(_temporary);
    }
}
