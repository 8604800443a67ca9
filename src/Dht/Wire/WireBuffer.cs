using System.Buffers;

namespace NuCypher.P2P.Dht;

/// <summary>Where something is written before its length is known, so that the result alone is allocated.</summary>
internal static class WireBuffer
{
    private const int KeptSize = 16 * 1024;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _kept;

    /// <summary>An empty buffer for so many bytes: this thread's own one, until it is asked for again.</summary>
    public static ArrayBufferWriter<byte> For(int size)
    {
        if (size > KeptSize)
            return new ArrayBufferWriter<byte>(size);
        _kept ??= new ArrayBufferWriter<byte>(KeptSize);
        _kept.ResetWrittenCount();
        return _kept;
    }
}
