using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace NuCypher.P2P.Dht;

/// <summary>A point of the key space: a node's id or a value's key. 20 bytes, a big-endian unsigned number.</summary>
/// <remarks>Source: Kademlia (2002), section 2.1. On the wire a MessagePack bin of exactly 20 bytes.</remarks>
[StructLayout(LayoutKind.Sequential, Pack = sizeof(uint))] // 20 bytes instead of 24: nodes keep thousands
public readonly record struct NodeId
{
    /// <summary>Bytes of an id.</summary>
    public const int Size = 20;

    /// <summary>Bits of an id.</summary>
    public const int Bits = 160;

    private readonly ulong _high;
    private readonly ulong _middle;
    private readonly uint _low;

    private NodeId(ulong high, ulong middle, uint low) => (_high, _middle, _low) = (high, middle, low);

    /// <summary>Reads 20 bytes; false for any other length.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, out NodeId id)
    {
        id = source.Length == Size ? Read(source) : default;
        return source.Length == Size;
    }

    /// <summary>Reads 40 hexadecimal digits; false for anything else.</summary>
    public static bool TryParse(string? text, out NodeId id)
    {
        Span<byte> bytes = stackalloc byte[Size];
        id = default;
        return text?.Length == 2 * Size
            && Convert.FromHexString(text, bytes, out _, out _) == System.Buffers.OperationStatus.Done
            && TryRead(bytes, out id);
    }

    /// <summary>A uniformly distributed id.</summary>
    public static NodeId Random(Random random)
    {
        Span<byte> bytes = stackalloc byte[Size];
        random.NextBytes(bytes);
        return Read(bytes);
    }

    /// <summary>
    /// The id of the node that signs with a key: SHA-256 over a domain tag and the key, cut to 20 bytes.
    /// </summary>
    /// <param name="verifyingKey">33 bytes, compressed point, SEC 1.</param>
    public static NodeId FromVerifyingKey(ReadOnlySpan<byte> verifyingKey) =>
        Hash("NUCYPHER_P2P_NODE_ID"u8, verifyingKey);

    /// <summary>The key under which plain Kademlia peers keep a value: SHA-1 of the application's key.</summary>
    /// <param name="applicationKey">The bytes as they are; text and numbers as the UTF-8 of their Python
    /// <c>str()</c>.</param>
    public static NodeId FromPlainKey(ReadOnlySpan<byte> applicationKey)
    {
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
        // SHA-1 is what the plain Kademlia wire uses; nothing here relies on its collision resistance
#pragma warning disable CA5350
        SHA1.HashData(applicationKey, hash);
#pragma warning restore CA5350
        return Read(hash);
    }

    /// <summary>Writes the 20 bytes.</summary>
    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, _high);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], _middle);
        BinaryPrimitives.WriteUInt32BigEndian(destination[16..], _low);
    }

    /// <summary>The 20 bytes.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[Size];
        Write(bytes);
        return bytes;
    }

    /// <summary>The XOR distance to another id.</summary>
    public Distance DistanceTo(NodeId other) => new(_high ^ other._high, _middle ^ other._middle, _low ^ other._low);

    /// <summary>The number of leading bits that both ids have in common: 0 to 160.</summary>
    public int SharedPrefix(NodeId other) => DistanceTo(other).LeadingZeros;

    /// <summary>The 40 hexadecimal digits.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{_high:x16}{_middle:x16}{_low:x8}");

    /// <summary>SHA-256 over a domain tag and a message, cut to 20 bytes.</summary>
    internal static NodeId Hash(ReadOnlySpan<byte> tag, ReadOnlySpan<byte> message)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData([.. tag, .. message], hash);
        return Read(hash);
    }

    /// <summary>This id with one bit turned over and every later bit replaced by a random one.</summary>
    /// <param name="bit">0 (the highest) to 159.</param>
    /// <param name="random">Where the later bits come from.</param>
    internal NodeId Diverge(int bit, Random random)
    {
        Span<byte> bytes = stackalloc byte[Size];
        random.NextBytes(bytes);
        var tail = Read(bytes);
        var keep = MaskAbove(bit);
        var flip = BitAt(bit);
        return new(
            (_high & keep._high) | (~_high & flip._high) | (tail._high & ~(keep._high | flip._high)),
            (_middle & keep._middle) | (~_middle & flip._middle) | (tail._middle & ~(keep._middle | flip._middle)),
            (_low & keep._low) | (~_low & flip._low) | (tail._low & ~(keep._low | flip._low)));
    }

    private static NodeId MaskAbove(int bit) => new(
        High(Math.Min(bit, 64)), High(Math.Clamp(bit - 64, 0, 64)), (uint)(High(Math.Clamp(bit - 128, 0, 32)) >> 32));

    private static ulong High(int ones) => ones == 0 ? 0 : ulong.MaxValue << (64 - ones);

    private static NodeId BitAt(int bit) => bit switch
    {
        < 64 => new(1UL << (63 - bit), 0, 0),
        < 128 => new(0, 1UL << (127 - bit), 0),
        _ => new(0, 0, 1U << (159 - bit)),
    };

    private static NodeId Read(ReadOnlySpan<byte> source) => new(
        BinaryPrimitives.ReadUInt64BigEndian(source),
        BinaryPrimitives.ReadUInt64BigEndian(source[8..]),
        BinaryPrimitives.ReadUInt32BigEndian(source[16..]));
}
