using System.Runtime.InteropServices;

namespace NuCypher.P2P.Actors.Journal;

/// <summary>Makes names in a folder outlive a power cut; a file's own sync does not.</summary>
public static class FolderNames
{
    private const int CloseOnExec = 0x80000;
    private const int InputOutputError = 5;

    /// <summary>Syncs a folder; no effect on Windows, and where it may be written but not read.</summary>
    /// <exception cref="IOException">The disk failed.</exception>
    public static void Sync(string path)
    {
        if (OperatingSystem.IsWindows())
            return;
        var folder = open(path, OperatingSystem.IsLinux() ? CloseOnExec : 0, 0);
        if (folder < 0)
            return;
        var hasFailed = fsync(folder) != 0 && Marshal.GetLastPInvokeError() == InputOutputError;
        _ = close(folder);
        if (hasFailed)
            throw new IOException($"{path}: {Marshal.GetPInvokeErrorMessage(InputOutputError)}");
    }

#pragma warning disable SYSLIB1054 // generated marshalling needs unsafe code, which this program has none of
    [DllImport("libc", SetLastError = true)]
    private static extern int open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, int mode);

    [DllImport("libc", SetLastError = true)]
    private static extern int fsync(int file);

    [DllImport("libc", SetLastError = true)]
    private static extern int close(int file);
#pragma warning restore SYSLIB1054
}
