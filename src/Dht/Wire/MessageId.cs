namespace NuCypher.P2P.Dht;

/// <summary>
/// What a request and its response have in common: 20 random bytes, so that nobody can answer unasked.
/// </summary>
internal readonly record struct MessageId(NodeId Number)
{
    public static MessageId Random(Random random) => new(NodeId.Random(random));

    public static bool TryRead(ReadOnlySpan<byte> source, out MessageId id)
    {
        var read = NodeId.TryRead(source, out var number);
        id = new(number);
        return read;
    }

    public void Write(Span<byte> destination) => Number.Write(destination);
}
