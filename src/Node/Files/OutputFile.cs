using NuCypher.P2P.Node.Errors;

namespace NuCypher.P2P.Node.Files;

/// <summary>
/// Where a command writes its result: a file that appears at the end; or the standard output, a device, a pipe.
/// </summary>
/// <remarks>
/// Nothing of the result reaches its place before <see cref="Commit"/>: for what is no plain file it waits in a
/// <see cref="Spool"/>, unless it may go out as it comes.
/// </remarks>
internal sealed class OutputFile : IDisposable
{
    /// <summary>The name that stands for the standard input and output.</summary>
    public const string Standard = "-";

    private readonly string _path;
    private readonly AtomicFile? _file;
    private readonly Stream? _outlet;
    private readonly Spool? _spool;

    /// <summary>Opens a path, or <see cref="Standard"/>.</summary>
    /// <param name="path">An older plain file keeps its mode; anything else that is there is opened and written
    /// to.</param>
    /// <param name="mode">Who may read a new file.</param>
    /// <param name="asItComes">Whether a pipe may get bytes before the commit.</param>
    /// <exception cref="CommandException">It is a folder.</exception>
    public OutputFile(string path, UnixFileMode mode, bool asItComes = false)
    {
        RequireName(path);
        _path = path;
        _outlet = OpenOutlet(path);
        if (_outlet is null)
            _file = new AtomicFile(path, mode, keepsMode: true);
        else if (!asItComes)
            _spool = new Spool();
    }

    /// <summary>Whether a path stands for the standard output.</summary>
    public static bool IsStandard(string? path) =>
        path is Standard or "/dev/stdout" or "/dev/fd/1" or "/proc/self/fd/1";

    /// <summary>Whether a path names a folder.</summary>
    public static bool IsFolder(string path) =>
        !IsStandard(path) && (path.EndsWith(Path.DirectorySeparatorChar) || Posix.StatusOf(path) is { IsFolder: true });

    /// <summary>Opens what a command reads.</summary>
    /// <exception cref="CommandException">It is a folder or a socket.</exception>
    public static Stream OpenInput(string path)
    {
        RequireName(path);
        if (path == Standard && !Posix.IsInherited(0))
            throw new CommandException(ExitCode.Storage, "there is no standard input", "Give one, such as < FILE.");
        if (path == Standard)
            return Console.OpenStandardInput();
        RequireOpens(path);
        return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
    }

    /// <summary>All of what a command reads, if it is not long.</summary>
    /// <exception cref="CommandException">It is a folder or a socket, or longer than <paramref name="maxSize"/>.
    /// </exception>
    public static byte[] ReadInput(string path, int maxSize)
    {
        using var input = OpenInput(path);
        using var content = new MemoryStream();
        var buffer = new byte[64 * 1024];
        for (var count = 1; count > 0 && content.Length <= maxSize; content.Write(buffer, 0, count))
            count = input.Read(buffer);
        return content.Length <= maxSize
            ? content.ToArray()
            : throw new CommandException(
                ExitCode.BadInput, $"{path} is longer than {maxSize:N0} bytes", "Name another file.");
    }

    /// <summary>Writes a whole result in one step.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content, UnixFileMode mode)
    {
        using var output = new OutputFile(path, mode);
        output.Write(content);
        output.Commit();
    }

    /// <summary>Takes more of the result.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            if (_spool is not null)
                _spool.Write(bytes);
            else
                (_outlet ?? _file!.Stream).Write(bytes); // one of the two is there
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw MayNotGrow(e);
        }
        catch (IOException e) when (_spool is null)
        {
            throw AtomicFile.Named(_path, e);
        }
    }

    /// <summary>Puts everything in its place.</summary>
    public void Commit()
    {
        try
        {
            _file?.Commit();
            if (_outlet is not null)
                _spool?.CopyTo(_outlet);
            _outlet?.Flush();
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw MayNotGrow(e);
        }
        catch (IOException e) when (_spool is null)
        {
            throw AtomicFile.Named(_path, e);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _file?.Dispose();
        _spool?.Dispose();
        _outlet?.Dispose();
    }

    private static void RequireName(string path)
    {
        if (path.Length == 0)
            throw new CommandException(ExitCode.Usage, "a file's name is empty", "Name a file, or - for a pipe.");
    }

    private static void RequireOpens(string path)
    {
        if (IsFolder(path))
            throw new CommandException(ExitCode.Storage, $"{path} is a folder", "Name a file in it.");
        if (Posix.StatusOf(path) is { Kind: FileKind.Socket })
            throw new CommandException(ExitCode.Storage, $"{path} is a socket", "Name a file, a pipe or a device.");
    }

    // .NET's word for a file that would be larger than a limit of the user, or of its file system.
    private IOException MayNotGrow(ArgumentOutOfRangeException cause) =>
        new($"{_path} may not grow so large", cause);

    // Null for a plain file, or for nothing yet: that one is replaced.
    private static Stream? OpenOutlet(string path)
    {
        if (IsStandard(path))
            return StandardOutput.Open();
        RequireOpens(path);
        if (Posix.StatusOf(path) is not { } there)
            return null;
        var isDescriptor = path.StartsWith("/dev/", StringComparison.Ordinal)
            || path.StartsWith("/proc/", StringComparison.Ordinal);
        if (there.IsFile && !isDescriptor)
            return null;
        return new FileStream(
            path, there.IsFile ? FileMode.Truncate : FileMode.Open, FileAccess.Write, FileShare.ReadWrite,
            bufferSize: 0);
    }
}
