using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;

namespace NuCypher.P2P.Actors.Journal;

/// <summary>Tells a file from a copy of it: its number on its disk, and when it was made.</summary>
/// <remarks>A copy that is written over the old file in place is not told apart. Away from Linux nothing is.</remarks>
internal static class FileIdentity
{
    private const int CurrentFolder = -100; // AT_FDCWD
    private const uint NumberAndBirth = 0x900; // STATX_INO | STATX_BTIME

    /// <summary>Words for a file; null where the system says nothing.</summary>
    /// <remarks>Source: linux/stat.h; stx_ino at 32, stx_btime at 80, in the machine's order.</remarks>
    public static string? Of(string path)
    {
        if (!OperatingSystem.IsLinux())
            return null;
        var status = new byte[256];
        if (statx(CurrentFolder, path, 0, NumberAndBirth, status) != 0)
            return null;
        var number = BinaryPrimitives.ReadUInt64LittleEndian(status.AsSpan(32));
        var (seconds, rest) = (BinaryPrimitives.ReadInt64LittleEndian(status.AsSpan(80)),
            BinaryPrimitives.ReadUInt32LittleEndian(status.AsSpan(88)));
        return string.Create(CultureInfo.InvariantCulture, $"{number}-{seconds}.{rest}");
    }

#pragma warning disable SYSLIB1054 // generated marshalling needs unsafe code, which this program has none of
    [DllImport("libc")]
    private static extern int statx(int folder, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask,
        byte[] status);
#pragma warning restore SYSLIB1054
}
