namespace NuCypher.P2P.Node.Files;

/// <summary>What stands at a path.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Mode">Who may do what with it.</param>
/// <param name="Owner">The user that it belongs to.</param>
internal sealed record FileStatus(FileKind Kind, UnixFileMode Mode, uint Owner)
{
    private const int KindMask = 0xF000;
    private const int ModeMask = 0xFFF;

    /// <summary>Whether it is a plain file.</summary>
    public bool IsFile => Kind == FileKind.File;

    /// <summary>Whether it is a folder.</summary>
    public bool IsFolder => Kind == FileKind.Folder;

    /// <summary>The kind in a word, with its article.</summary>
    public string Word => WordOf(Kind);

    /// <summary>A kind in a word, with its article.</summary>
    public static string WordOf(FileKind kind) => kind switch
    {
        FileKind.File => "a file",
        FileKind.Folder => "a folder",
        FileKind.Pipe => "a named pipe",
        FileKind.Socket => "a socket",
        _ => "a device",
    };

    /// <summary>Whether group or others may do any of these.</summary>
    public bool LetsOthers(UnixFileMode what) =>
        (Mode & what & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute)) != 0;

    /// <summary>Reads Linux's struct statx, 256 bytes, in the machine's order.</summary>
    /// <remarks>Source: linux/stat.h; stx_uid at 20, stx_mode at 28.</remarks>
    public static FileStatus Read(ReadOnlySpan<byte> statx)
    {
        var mode = BitConverter.ToUInt16(statx[28..]);
        var owner = BitConverter.ToUInt32(statx[20..]);
        var kind = (mode & KindMask) switch
        {
            0x8000 => FileKind.File,
            0x4000 => FileKind.Folder,
            0x1000 => FileKind.Pipe,
            0xC000 => FileKind.Socket,
            _ => FileKind.Device,
        };
        return new FileStatus(kind, (UnixFileMode)(mode & ModeMask), owner);
    }

    /// <summary>What .NET can tell: on Windows everybody's rights are the folder's.</summary>
    public static FileStatus? OfPortable(string path)
    {
        var (isFolder, exists) = (Directory.Exists(path), File.Exists(path));
        if (!isFolder && !exists)
            return null;
        var mode = OperatingSystem.IsWindows() ? Modes.Secret : File.GetUnixFileMode(path);
        var isDevice = path.StartsWith("/dev/", StringComparison.Ordinal);
        return new FileStatus(
            isFolder ? FileKind.Folder : isDevice ? FileKind.Device : FileKind.File, mode, Posix.User);
    }
}
