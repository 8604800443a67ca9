using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace NuCypher.P2P.Node.Files;

/// <summary>
/// What the C library knows of files and .NET doesn't say: kinds, owners, hard links, files without a name.
/// </summary>
/// <remarks>Away from Linux, kinds are what .NET can tell, and files without a name don't exist.</remarks>
internal static class Posix
{
    private const int CurrentFolder = -100; // AT_FDCWD
    private const int FollowLink = 0x400; // AT_SYMLINK_FOLLOW
    private const int BasicStatus = 0x7FF; // STATX_BASIC_STATS
    private const int CloseOnExec = 0x80000;
    private const int WriteAndRead = 2;
    private const int Exists = 17;
    private const int DescriptorFlags = 1; // F_GETFD; FD_CLOEXEC is 1, too

    /// <summary>What stands at a path, after links; null if nothing does.</summary>
    /// <exception cref="UnauthorizedAccessException">A folder on the way may not be looked into.</exception>
    /// <exception cref="IOException">Links in a circle, a name too long, a disk that fails.</exception>
    public static FileStatus? StatusOf(string path)
    {
        if (!OperatingSystem.IsLinux())
            return FileStatus.OfPortable(path);
        var status = new byte[256];
        if (statx(CurrentFolder, path, 0, BasicStatus, status) == 0)
            return FileStatus.Read(status);
        var error = Marshal.GetLastPInvokeError();
        return error is 2 or 20 ? null : throw Failure(error, path); // no such file, or a file where a folder should be
    }

    /// <summary>The user that the program acts for; 0 is root.</summary>
    public static uint User => OperatingSystem.IsWindows() ? 0 : geteuid();

    /// <summary>
    /// A new file that has no name, so that nothing of it outlives the program; null where the file system has none.
    /// </summary>
    public static SafeFileHandle? CreateNameless(string folder, UnixFileMode mode)
    {
        if (!OperatingSystem.IsLinux() || !Directory.Exists("/proc/self/fd"))
            return null;
        var folderFlag = RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm
            ? 0x4000
            : 0x10000;
        var file = open(folder, 0x400000 | folderFlag | WriteAndRead | CloseOnExec, (int)mode); // O_TMPFILE
        return file < 0 ? null : new SafeFileHandle(file, ownsHandle: true);
    }

    /// <summary>Gives a nameless file a name; false if something has it already.</summary>
    /// <exception cref="IOException">It can't be done.</exception>
    public static bool TryName(SafeFileHandle file, string path) => WasDone(
        linkat(CurrentFolder, $"/proc/self/fd/{file.DangerousGetHandle()}", CurrentFolder, path, FollowLink), path);

    /// <summary>Gives a file another name; false if something has it already.</summary>
    /// <exception cref="IOException">It can't be done.</exception>
    public static bool TryLink(string path, string name) => WasDone(link(path, name), name);

    /// <summary>
    /// Whether a descriptor came from whoever started the program; what the runtime opened in its place closes at an
    /// exec.
    /// </summary>
    public static bool IsInherited(int descriptor) =>
        !OperatingSystem.IsLinux() || (fcntl(descriptor, DescriptorFlags) is var flags and >= 0 && (flags & 1) == 0);

    /// <summary>
    /// Writes bytes to the standard output where it stands, as other writers to the same file expect.
    /// </summary>
    /// <exception cref="IOException">The reader has gone, the disk is full, or there is no standard output.</exception>
    public static void WriteToOutput(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var count = (int)write(1, ref MemoryMarshal.GetReference(bytes), (nuint)bytes.Length);
            var error = count < 0 ? Marshal.GetLastPInvokeError() : 0;
            if (error == 11) // a pipe that somebody made non-blocking is full
                Thread.Yield();
            else if (error is not (0 or 4))
                throw Failure(error, "the standard output");
            bytes = bytes[Math.Max(0, count)..];
        }
    }

    /// <summary>
    /// The bytes of an environment variable, which are then zeroed where they stand; null if there is none.
    /// </summary>
    /// <remarks>Up to the expected size they are copied once only, so that nothing is left behind.</remarks>
    public static byte[]? TakeVariable(string name, int expectedSize)
    {
        var start = OperatingSystem.IsWindows() ? 0 : getenv(name);
        if (start == 0)
            return null;
        var bytes = new List<byte>(expectedSize);
        for (var offset = 0; Marshal.ReadByte(start, offset) is var value && value != 0; offset++)
        {
            bytes.Add(value);
            Marshal.WriteByte(start, offset, 0);
        }
        var taken = bytes.ToArray();
        CollectionsMarshal.AsSpan(bytes).Clear();
        return taken;
    }

    private static bool WasDone(int result, string path)
    {
        var error = result == 0 ? 0 : Marshal.GetLastPInvokeError();
        return error is 0 or Exists ? error == 0 : throw Failure(error, path);
    }

    private static Exception Failure(int error, string path)
    {
        var words = $"{path}: {new Win32Exception(error).Message}";
        return error is 1 or 13 ? new UnauthorizedAccessException(words) : new IOException(words);
    }

#pragma warning disable SYSLIB1054 // generated marshalling needs unsafe code, which this program has none of
    [DllImport("libc", SetLastError = true)]
    private static extern int statx(
        int folder, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, byte[] status);

    [DllImport("libc", SetLastError = true)]
    private static extern int open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, int mode);

    [DllImport("libc", SetLastError = true)]
    private static extern int linkat(
        int folder, [MarshalAs(UnmanagedType.LPUTF8Str)] string path,
        int newFolder, [MarshalAs(UnmanagedType.LPUTF8Str)] string newPath, int flags);

    [DllImport("libc", SetLastError = true)]
    private static extern int link(
        [MarshalAs(UnmanagedType.LPUTF8Str)] string path, [MarshalAs(UnmanagedType.LPUTF8Str)] string name);

    [DllImport("libc", SetLastError = true)]
    private static extern nint write(int file, ref byte bytes, nuint count);

    [DllImport("libc")]
    private static extern int fcntl(int file, int command);

    [DllImport("libc")]
    private static extern uint geteuid();

    [DllImport("libc")]
    private static extern nint getenv([MarshalAs(UnmanagedType.LPUTF8Str)] string name);
#pragma warning restore SYSLIB1054
}
