using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;

namespace NuCypher.P2P.Actors.Journal;

/// <summary>Tells a file from a copy of it, by its number on its disk and when it was made; and from what is no file.
/// </summary>
/// <remarks>A copy that is written over the old file in place is not told apart. Away from Linux nothing is.</remarks>
internal static class FileIdentity
{
    private const int CurrentFolder = -100; // AT_FDCWD
    private const uint Asked = 0x901; // STATX_TYPE | STATX_INO | STATX_BTIME
    private const int KindMask = 0xF000;
    private const int PlainFile = 0x8000;

    /// <summary>Words for a file; null if there is none, or where the system says nothing.</summary>
    /// <remarks>Source: linux/stat.h; stx_ino at 32, stx_btime at 80, in the machine's order.</remarks>
    public static string? Of(string path)
    {
        if (StatusOf(path) is not { } status)
            return null;
        var number = BinaryPrimitives.ReadUInt64LittleEndian(status.AsSpan(32));
        var (seconds, rest) = (BinaryPrimitives.ReadInt64LittleEndian(status.AsSpan(80)),
            BinaryPrimitives.ReadUInt32LittleEndian(status.AsSpan(88)));
        return string.Create(CultureInfo.InvariantCulture, $"{number}-{seconds}.{rest}");
    }

    /// <summary>Whether something stands at a path that is no file: who opens a pipe waits for ever.</summary>
    /// <remarks>Source: linux/stat.h; stx_mode at 28.</remarks>
    public static bool IsOtherKind(string path) => StatusOf(path) is { } status
        && (BinaryPrimitives.ReadUInt16LittleEndian(status.AsSpan(28)) & KindMask) != PlainFile;

    private static byte[]? StatusOf(string path)
    {
        var status = new byte[256];
        return OperatingSystem.IsLinux() && statx(CurrentFolder, path, 0, Asked, status) == 0 ? status : null;
    }

#pragma warning disable SYSLIB1054 // generated marshalling needs unsafe code, which this program has none of
    [DllImport("libc")]
    private static extern int statx(int folder, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask,
        byte[] status);
#pragma warning restore SYSLIB1054
}
