using System.Security.Cryptography;

namespace NuCypher.P2P.Node.Files;

/// <summary>
/// Bytes that wait until they are known to be good: a megabyte in memory, more in a file of the temporary folder that
/// has no name.
/// </summary>
internal sealed class Spool : IDisposable
{
    /// <summary>How much waits in memory, in bytes.</summary>
    public const int MemorySize = 1 << 20;

    private readonly byte[] _memory = new byte[MemorySize];
    private int _count;
    private FileStream? _file;

    /// <summary>Takes more.</summary>
    /// <exception cref="IOException">The temporary folder is full.</exception>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (_file is null && bytes.Length <= MemorySize - _count)
        {
            bytes.CopyTo(_memory.AsSpan(_count));
            _count += bytes.Length;
            return;
        }
        _file ??= OpenFile();
        _file.Write(bytes);
    }

    /// <summary>Gives everything on, in order.</summary>
    public void CopyTo(Stream destination)
    {
        destination.Write(_memory.AsSpan(0, _count));
        if (_file is null)
            return;
        _file.Position = 0;
        _file.CopyTo(destination);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_memory);
        _file?.Dispose();
    }

    private static FileStream OpenFile()
    {
        if (Posix.CreateNameless(Path.GetTempPath(), Modes.Secret) is { } nameless)
            return new FileStream(nameless, FileAccess.ReadWrite);
        var path = Path.Combine(Path.GetTempPath(), $"nucypher-{Path.GetRandomFileName()}");
        var file = new FileStream(
            path,
            AtomicFile.Options(FileMode.CreateNew, FileAccess.ReadWrite, Modes.Secret, FileOptions.DeleteOnClose));
        if (!OperatingSystem.IsWindows())
            File.Delete(path);
        return file;
    }
}
