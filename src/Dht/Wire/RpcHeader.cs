namespace NuCypher.P2P.Dht;

/// <summary>How a datagram begins: type, message id; and the trailer that may end it.</summary>
internal static class RpcHeader
{
    /// <summary>Bytes before the MessagePack object.</summary>
    public const int Size = 1 + NodeId.Size;

    /// <summary>First byte of a request.</summary>
    public const byte Request = 0;

    /// <summary>First byte of a response.</summary>
    public const byte Response = 1;

    /// <summary>
    /// Ends every datagram of a node in client mode, but for a store request that a record fills: extension type
    /// 'N', flag 1. Python peers ignore what follows the object.
    /// </summary>
    public static ReadOnlySpan<byte> ClientTrailer => [0xD4, (byte)'N', 0x01];

    /// <summary>Splits a datagram; false if it is neither a request nor a response with one whole object.</summary>
    public static bool TryRead(
        ReadOnlyMemory<byte> datagram, out byte kind, out MessageId id, out ReadOnlyMemory<byte> body)
    {
        (kind, id) = (0, default);
        body = default;
        if (datagram.Length <= Size || datagram.Span[0] > Response)
            return false;
        kind = datagram.Span[0];
        body = datagram[Size..];
        return MessageId.TryRead(datagram.Span[1..Size], out id);
    }
}
