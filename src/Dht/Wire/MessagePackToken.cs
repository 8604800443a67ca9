namespace NuCypher.P2P.Dht;

/// <summary>One MessagePack object, or the header of an array or a map.</summary>
/// <param name="type">What it is.</param>
/// <param name="number">
/// The number, a negative one in two's complement; a float as its 64 bits; 1 for true; the extension's type; the count of an
/// array's elements or a map's pairs.
/// </param>
/// <param name="payload">The bytes of a str, a bin or an extension.</param>
internal readonly ref struct MessagePackToken(MessagePackType type, ulong number, ReadOnlySpan<byte> payload = default)
{
    public MessagePackType Type { get; } = type;

    public ulong Number { get; } = number;

    public ReadOnlySpan<byte> Payload { get; } = payload;

    /// <summary>How many objects follow that belong to this one.</summary>
    public ulong Children => Type switch
    {
        MessagePackType.Array => Number,
        MessagePackType.Map => 2 * Number,
        _ => 0,
    };
}
