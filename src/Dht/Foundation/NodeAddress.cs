using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace NuCypher.P2P.Dht;

/// <summary>Where a node receives datagrams: an IP address, IPv4 or IPv6, and a UDP port.</summary>
/// <remarks>
/// A value without a heap object. <c>::ffff:1.2.3.4</c> is the same address as <c>1.2.3.4</c>; an IPv6 scope is
/// dropped.
/// </remarks>
[StructLayout(LayoutKind.Sequential, Pack = sizeof(ushort))] // 18 bytes instead of 24: nodes keep thousands
public readonly record struct NodeAddress
{
    private const ulong MappedPrefix = 0xFFFF_0000_0000;

    private readonly ulong _high;
    private readonly ulong _low;

    /// <summary>An address from its parts.</summary>
    /// <param name="address">IPv4 or IPv6.</param>
    /// <param name="port">0 to 65535; 0 is never a node's.</param>
    public NodeAddress(IPAddress address, ushort port)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.MapToIPv6().TryWriteBytes(bytes, out _);
        _high = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        _low = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        Port = port;
    }

    /// <summary>An address from bytes as sockets hold them, without a heap object.</summary>
    /// <param name="address">4 bytes of IPv4 or 16 of IPv6.</param>
    /// <param name="port">0 to 65535.</param>
    /// <exception cref="ArgumentException">Neither 4 nor 16 bytes.</exception>
    public NodeAddress(ReadOnlySpan<byte> address, ushort port)
    {
        if (address.Length is not (4 or 16))
            throw new ArgumentException("An IP address has 4 or 16 bytes.", nameof(address));
        _high = address.Length == 4 ? 0 : BinaryPrimitives.ReadUInt64BigEndian(address);
        _low = address.Length == 4
            ? MappedPrefix | BinaryPrimitives.ReadUInt32BigEndian(address)
            : BinaryPrimitives.ReadUInt64BigEndian(address[8..]);
        Port = port;
    }

    private NodeAddress(uint address, ushort port) => (_low, Port) = (MappedPrefix | address, port);

    /// <summary>The UDP port.</summary>
    public ushort Port { get; }

    /// <summary>The IP address, made new on each call; IPv4 where it is one.</summary>
    public IPAddress Address
    {
        get
        {
            Span<byte> bytes = stackalloc byte[16];
            BinaryPrimitives.WriteUInt64BigEndian(bytes, _high);
            BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], _low);
            return new IPAddress(IsIPv4 ? bytes[12..] : bytes);
        }
    }

    /// <summary>Whether this is an IPv4 address.</summary>
    public bool IsIPv4 => _high == 0 && _low >> 32 == 0xFFFF;

    /// <summary>Whether this is 127.0.0.0/8 or ::1.</summary>
    public bool IsLoopback => IsIPv4 ? (V4 >> 24) == 127 : _high == 0 && _low == 1;

    /// <summary>
    /// Whether a datagram can be sent there: a port, and neither unspecified nor multicast nor broadcast.
    /// </summary>
    public bool IsUnicast =>
        Port != 0 && (IsIPv4 ? V4 >> 24 is > 0 and < 224 : _high >> 56 != 0xFF && (_high | _low) != 0);

    /// <summary>
    /// Whether it is reached from everywhere, and so is no way into somebody's own network: not through NAT64
    /// (64:ff9b::/96), 6to4 (2002::/16) or Teredo (2001::/32) either, in which an inner address hides.
    /// </summary>
    public bool IsPublic => IsUnicast && Reach == AddressReach.Public && !HidesAnother;

    private bool HidesAnother =>
        !IsIPv4 && (_high >> 48 == 0x2002 || _high >> 32 == 0x2001_0000 || _high == 0x0064_FF9B_0000_0000
            || _high == 0);

    /// <summary>
    /// From how far away it can be reached: nobody is told addresses that he cannot reach, nor believed about them.
    /// </summary>
    internal AddressReach Reach =>
        IsLoopback ? AddressReach.Machine
        : IsIPv4 ? ReachOfQuad
        : _high >> 54 == 0xFE80 >> 6 ? AddressReach.Link
        : _high >> 57 == 0xFC >> 1 ? AddressReach.Private
        : AddressReach.Public;

    private AddressReach ReachOfQuad => V4 switch
    {
        >= 0xA9FE_0000 and <= 0xA9FE_FFFF => AddressReach.Link,
        >= 0x0A00_0000 and <= 0x0AFF_FFFF => AddressReach.Private,
        >= 0xAC10_0000 and <= 0xAC1F_FFFF => AddressReach.Private,
        >= 0xC0A8_0000 and <= 0xC0A8_FFFF => AddressReach.Private,
        >= 0x6440_0000 and <= 0x647F_FFFF => AddressReach.Private,
        _ => AddressReach.Public,
    };

    private uint V4 => (uint)(_low & uint.MaxValue);

    /// <summary>Reads <c>1.2.3.4:5678</c> or <c>[::1]:5678</c>; false for host names and everything else.</summary>
    public static bool TryParse(string? text, out NodeAddress address)
    {
        address = default;
        var colon = text?.LastIndexOf(':') ?? -1;
        if (colon < 1 || !TryParsePort(text.AsSpan(colon + 1), out var port))
            return false;
        var host = text.AsSpan(0, colon);
        var bracketed = host[0] == '[' && host[^1] == ']';
        return host.Contains(':') == bracketed && TryParse(bracketed ? host[1..^1] : host, port, out address);
    }

    /// <summary>
    /// Reads a numeric address: a dotted quad or an IPv6 text; false for anything shorter, scoped or named.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> host, ushort port, out NodeAddress address)
    {
        address = default;
        if (host.Contains('%') || !IPAddress.TryParse(host, out var ip) || (IsV4(ip) && host.Count('.') != 3))
            return false;
        address = new NodeAddress(ip, port);
        return true;
    }

    /// <summary>
    /// Writes the IP address as sockets hold it: 4 bytes of IPv4, or 16 of IPv6, which an IPv4 address has too.
    /// </summary>
    /// <exception cref="ArgumentException">Another size, or 4 bytes for what is not IPv4.</exception>
    public void WriteAddress(Span<byte> destination)
    {
        if (destination.Length != 16 && (destination.Length != 4 || !IsIPv4))
            throw new ArgumentException("The address does not fit.", nameof(destination));
        if (destination.Length == 4)
        {
            BinaryPrimitives.WriteUInt32BigEndian(destination, V4);
            return;
        }
        BinaryPrimitives.WriteUInt64BigEndian(destination, _high);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], _low);
    }

    /// <summary>The same as a socket's end point.</summary>
    public IPEndPoint ToIPEndPoint() => new(Address, Port);

    /// <summary>From a socket's end point.</summary>
    public static NodeAddress From(IPEndPoint endPoint) => new(endPoint.Address, checked((ushort)endPoint.Port));

    /// <summary><c>1.2.3.4:5678</c> or <c>[::1]:5678</c>.</summary>
    public override string ToString() => IsIPv4
        ? string.Create(CultureInfo.InvariantCulture, $"{Address}:{Port}")
        : string.Create(CultureInfo.InvariantCulture, $"[{Address}]:{Port}");

    /// <summary>Writes the IP address alone as ASCII text, at most 45 bytes.</summary>
    internal int WriteHost(Span<byte> destination) =>
        IsIPv4 ? WriteQuad(destination)
        : Address.TryFormat(destination, out var written) ? written
        : throw new ArgumentException("too short", nameof(destination));

    /// <summary>
    /// Reads the text that <see cref="WriteHost"/> writes, and every other numeric form that is not ambiguous.
    /// </summary>
    internal static bool TryReadHost(ReadOnlySpan<byte> text, ushort port, out NodeAddress address)
    {
        if (TryReadQuad(text, out var quad))
        {
            address = new NodeAddress(quad, port);
            return true;
        }
        address = default;
        Span<char> host = stackalloc char[45];
        return text.Length <= host.Length && text.Contains((byte)':')
            && System.Text.Ascii.ToUtf16(text, host, out var length) == System.Buffers.OperationStatus.Done
            && TryParse(host[..length], port, out address);
    }

    /// <summary>The network that a single owner is likely to hold: IPv4 /24, IPv6 /56, with port 0.</summary>
    internal NodeAddress Subnet => IsIPv4 ? new(V4 & 0xFFFF_FF00, 0) : new(_high & ~0xFFUL, 0UL);

    /// <summary>The same host without its port; of an IPv6 address the /64.</summary>
    internal NodeAddress Host => IsIPv4 ? new(V4, 0) : new(_high, 0UL);

    private NodeAddress(ulong high, ulong low) => (_high, _low) = (high, low);

    private int WriteQuad(Span<byte> destination)
    {
        var length = 0;
        for (var shift = 24; shift >= 0; shift -= 8)
        {
            var octet = (V4 >> shift) & 0xFF;
            if (octet >= 100)
                destination[length++] = (byte)('0' + (octet / 100));
            if (octet >= 10)
                destination[length++] = (byte)('0' + (octet / 10 % 10));
            destination[length++] = (byte)('0' + (octet % 10));
            if (shift > 0)
                destination[length++] = (byte)'.';
        }
        return length;
    }

    private static bool TryReadQuad(ReadOnlySpan<byte> text, out uint address)
    {
        var (octet, digits, dots) = (0, 0, 0);
        address = 0;
        foreach (var character in text)
        {
            if (character == '.' && digits > 0 && ++dots <= 3)
            {
                address = (address << 8) | (uint)octet;
                (octet, digits) = (0, 0);
                continue;
            }
            octet = (10 * octet) + (character - '0');
            if (character is < (byte)'0' or > (byte)'9' || ++digits > 3 || octet > byte.MaxValue)
                return false;
        }
        address = (address << 8) | (uint)octet;
        return dots == 3 && digits > 0;
    }

    private static bool IsV4(IPAddress ip) => ip.AddressFamily == AddressFamily.InterNetwork;

    private static bool TryParsePort(ReadOnlySpan<char> text, out ushort port)
    {
        port = 0;
        return !text.Contains('\0') && ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port);
    }
}
