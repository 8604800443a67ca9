namespace NuCypher.P2P.Node.Files;

/// <summary>Where a command writes its result: a file that appears at the end, or the standard output.</summary>
/// <remarks>
/// Nothing of the result reaches its place before <see cref="Commit"/>: for the standard output it waits in a temporary file
/// that only its owner may read.
/// </remarks>
internal sealed class OutputFile : IDisposable
{
    /// <summary>The name that stands for the standard input and output.</summary>
    public const string Standard = "-";

    private readonly AtomicFile? _file;
    private readonly FileStream? _spool;

    /// <summary>Opens a path, or <see cref="Standard"/>.</summary>
    public OutputFile(string path)
    {
        if (path == Standard)
            _spool = OpenSpool();
        else
            _file = new AtomicFile(path);
    }

    /// <summary>Where to write.</summary>
    public Stream Stream => _file?.Stream ?? _spool!; // one of the two is there

    /// <summary>Opens what a command reads.</summary>
    public static Stream OpenInput(string path) => path == Standard ? Console.OpenStandardInput() : File.OpenRead(path);

    /// <summary>Puts everything in its place.</summary>
    public void Commit()
    {
        _file?.Commit();
        if (_spool is null)
            return;
        _spool.Position = 0;
        using var output = Console.OpenStandardOutput();
        _spool.CopyTo(output);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _file?.Dispose();
        _spool?.Dispose();
    }

    private static FileStream OpenSpool() => new(
        Path.Combine(Path.GetTempPath(), $"nucypher-{Path.GetRandomFileName()}"),
        AtomicFile.Options(FileMode.CreateNew, FileAccess.ReadWrite, Modes.Secret, FileOptions.DeleteOnClose));
}
