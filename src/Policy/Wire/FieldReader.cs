using System.Buffers.Binary;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Policy.Wire;

/// <summary>Reads the fields of a protocol object in order.</summary>
/// <remarks>
/// Numbers are big-endian, times are milliseconds since 1970 in 8 bytes. After the first field that can't be read,
/// every read gives a default value and <see cref="Refusal"/> says why: a body reads all its fields, then asks once.
/// Never throws.
/// </remarks>
public ref struct FieldReader
{
    private static readonly long LatestTime = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    private ReadOnlySpan<byte> _rest;

    /// <summary>Starts at the first of these bytes.</summary>
    public FieldReader(ReadOnlySpan<byte> bytes) => _rest = bytes;

    /// <summary>Why reading stopped; <c>None</c> while every field was read.</summary>
    public DecodeRefusal Refusal { get; private set; }

    /// <summary>Whether no byte is left.</summary>
    public readonly bool AtEnd => _rest.IsEmpty;

    /// <summary>Refuses the object for a value that was read but must not be.</summary>
    public void Refuse(DecodeRefusal refusal = DecodeRefusal.Malformed)
    {
        if (Refusal == DecodeRefusal.None)
            Refusal = refusal;
        _rest = default;
    }

    /// <summary>Reads this many bytes; as many zeros if there are fewer.</summary>
    public ReadOnlySpan<byte> Bytes(int count)
    {
        if (_rest.Length < count)
        {
            Refuse(DecodeRefusal.TooShort);
            return new byte[count];
        }

        var field = _rest[..count];
        _rest = _rest[count..];
        return field;
    }

    /// <summary>Reads all that is left.</summary>
    public ReadOnlySpan<byte> Rest() => Bytes(_rest.Length);

    /// <summary>
    /// Reads a field of 2 bytes length and then at most <paramref name="limit"/> bytes; empty if refused.
    /// </summary>
    public ReadOnlySpan<byte> Prefixed(int limit)
    {
        var length = TwoByteNumber();
        if (length <= limit)
            return length <= _rest.Length ? Bytes(length) : Refused(DecodeRefusal.TooShort);
        return Refused(DecodeRefusal.TooLong);
    }

    /// <summary>Reads 1 byte.</summary>
    public byte Byte() => Bytes(1)[0];

    /// <summary>Reads a count of 1 byte; refuses what is outside the given range and gives its lower end.</summary>
    public int Count(int least, int most)
    {
        var count = Byte();
        if (count >= least && count <= most)
            return count;
        Refuse();
        return least;
    }

    /// <summary>Reads 2 bytes.</summary>
    public ushort TwoByteNumber() => BinaryPrimitives.ReadUInt16BigEndian(Bytes(2));

    /// <summary>Reads 4 bytes.</summary>
    public uint FourByteNumber() => BinaryPrimitives.ReadUInt32BigEndian(Bytes(4));

    /// <summary>Reads 8 bytes of a time: 1970 to 9999, in milliseconds.</summary>
    public DateTimeOffset Time()
    {
        var milliseconds = BinaryPrimitives.ReadInt64BigEndian(Bytes(8));
        if (milliseconds >= 0 && milliseconds <= LatestTime)
            return DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
        Refuse();
        return default;
    }

    /// <summary>Reads 8 bytes of a policy version: at most <see cref="PolicyVersion.Max"/>.</summary>
    public PolicyVersion Version()
    {
        var number = BinaryPrimitives.ReadUInt64BigEndian(Bytes(8));
        if (number <= PolicyVersion.Max)
            return new PolicyVersion(number);
        Refuse();
        return default;
    }

    /// <summary>Reads 16 bytes of two times, the first before the second.</summary>
    public Validity Validity()
    {
        var (notBefore, notAfter) = (Time(), Time());
        if (notBefore < notAfter)
            return new Validity(notBefore, notAfter);
        Refuse();
        return default;
    }

    /// <summary>Reads 32 bytes.</summary>
    public Digest Digest() => Policy.Digest.Read(Bytes(Policy.Digest.Size));

    /// <summary>Reads 16 bytes.</summary>
    public Nonce Nonce() => Policy.Nonce.Read(Bytes(Policy.Nonce.Size));

    /// <summary>Reads 20 bytes.</summary>
    public NodeId NodeId()
    {
        Dht.NodeId.TryRead(Bytes(20), out var id);
        return id;
    }

    /// <summary>Reads an address: 1 byte size 4 or 16, as many bytes, 2 bytes port.</summary>
    public NodeAddress Address()
    {
        var size = Byte();
        if (size is not (4 or 16))
            Refuse();
        var address = Bytes(size == 16 ? 16 : 4);
        return new NodeAddress(address, TwoByteNumber());
    }

    /// <summary>Reads 33 bytes; null, and refused, if they are not a verifying key.</summary>
    public VerifyingKey? VerifyingKey()
    {
        if (!Umbral.VerifyingKey.TryRead(Bytes(Umbral.PublicKey.Size), out var key))
            Refuse();
        return key;
    }

    /// <summary>Reads 33 bytes; null, and refused, if they are not a public key.</summary>
    public PublicKey? PublicKey()
    {
        if (!Umbral.PublicKey.TryRead(Bytes(Umbral.PublicKey.Size), out var key))
            Refuse();
        return key;
    }

    private ReadOnlySpan<byte> Refused(DecodeRefusal refusal)
    {
        Refuse(refusal);
        return default;
    }
}
