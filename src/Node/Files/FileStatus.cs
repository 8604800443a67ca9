namespace NuCypher.P2P.Node.Files;

/// <summary>What stands at a path.</summary>
/// <param name="IsFile">A plain file; if this and <paramref name="IsFolder"/> are false: a device, a pipe, a
/// socket.</param>
/// <param name="IsFolder">A folder.</param>
/// <param name="Mode">Who may do what with it.</param>
/// <param name="Owner">The user that it belongs to.</param>
internal sealed record FileStatus(bool IsFile, bool IsFolder, UnixFileMode Mode, uint Owner)
{
    private const int KindMask = 0xF000;
    private const int ModeMask = 0xFFF;

    /// <summary>Whether group or others may do any of these.</summary>
    public bool LetsOthers(UnixFileMode what) =>
        (Mode & what & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute)) != 0;

    /// <summary>Reads Linux's struct statx, 256 bytes, in the machine's order.</summary>
    /// <remarks>Source: linux/stat.h; stx_uid at 20, stx_mode at 28.</remarks>
    public static FileStatus Read(ReadOnlySpan<byte> statx)
    {
        var mode = BitConverter.ToUInt16(statx[28..]);
        var owner = BitConverter.ToUInt32(statx[20..]);
        return new FileStatus(
            (mode & KindMask) == 0x8000, (mode & KindMask) == 0x4000, (UnixFileMode)(mode & ModeMask), owner);
    }

    /// <summary>What .NET can tell: on Windows everybody's rights are the folder's.</summary>
    public static FileStatus? OfPortable(string path)
    {
        var (isFolder, exists) = (Directory.Exists(path), File.Exists(path));
        if (!isFolder && !exists)
            return null;
        var mode = OperatingSystem.IsWindows() ? Modes.Secret : File.GetUnixFileMode(path);
        var isDevice = path.StartsWith("/dev/", StringComparison.Ordinal);
        return new FileStatus(exists && !isDevice, isFolder, mode, Posix.User);
    }
}
