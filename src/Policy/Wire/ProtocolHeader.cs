using System.Buffers.Binary;
using System.Text;

namespace NuCypher.P2P.Policy.Wire;

/// <summary>The first 8 bytes of every protocol object: what it is, and which version of it.</summary>
/// <remarks>
/// 4 bytes brand (ASCII), 2 bytes major, 2 bytes minor, big-endian. A reader takes its own major version only. A newer
/// minor version of the same major may only append fields: a reader skips what follows the fields that it knows. With
/// its own or an older minor version, a byte too many is refused. Signatures cover the appended bytes too.
/// </remarks>
/// <param name="Brand">Four ASCII characters as one big-endian number.</param>
/// <param name="Major">Changes when an old reader could misread the object.</param>
/// <param name="Minor">Changes when fields were appended.</param>
public readonly record struct ProtocolHeader(uint Brand, ushort Major, ushort Minor)
{
    /// <summary>The size of a header, in bytes.</summary>
    public const int Size = 8;

    /// <summary>Makes a header from a brand of exactly four ASCII characters.</summary>
    /// <exception cref="ArgumentException">The brand has another length.</exception>
    public static ProtocolHeader Of(string brand, ushort major = 1, ushort minor = 0)
    {
        if (brand.Length != 4)
            throw new ArgumentException("A brand is four characters.", nameof(brand));
        return new(BinaryPrimitives.ReadUInt32BigEndian(Encoding.ASCII.GetBytes(brand)), major, minor);
    }

    /// <summary>Reads the first 8 bytes; false if there are fewer. Any brand and version is a header.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out ProtocolHeader header)
    {
        header = default;
        if (bytes.Length < Size)
            return false;
        header = new(
            BinaryPrimitives.ReadUInt32BigEndian(bytes),
            BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]),
            BinaryPrimitives.ReadUInt16BigEndian(bytes[6..]));
        return true;
    }

    /// <summary>Writes 8 bytes to the start of the destination.</summary>
    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt32BigEndian(destination, Brand);
        BinaryPrimitives.WriteUInt16BigEndian(destination[4..], Major);
        BinaryPrimitives.WriteUInt16BigEndian(destination[6..], Minor);
    }

    /// <summary>
    /// Says why an object that starts with these bytes is not one of this header's kind; <c>None</c> if it is.
    /// </summary>
    /// <param name="bytes">The whole object.</param>
    /// <param name="newer">Whether the object's minor version is newer than this one, so that bytes may follow.</param>
    public DecodeRefusal Check(ReadOnlySpan<byte> bytes, out bool newer)
    {
        newer = false;
        if (!TryRead(bytes, out var found))
            return DecodeRefusal.TooShort;
        if (found.Brand != Brand)
            return DecodeRefusal.WrongBrand;
        newer = found.Minor > Minor;
        return found.Major == Major ? DecodeRefusal.None : DecodeRefusal.UnknownVersion;
    }
}
