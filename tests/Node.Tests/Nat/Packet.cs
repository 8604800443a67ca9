using System.Buffers.Binary;
using System.Net;

namespace NuCypher.P2P.Node.Tests.Nat;

/// <summary>An IPv4 packet of UDP or TCP whose addresses can be changed.</summary>
internal sealed class Packet
{
    private const byte Tcp = 6;
    private const byte Udp = 17;
    private const int SourceOffset = 12;
    private const int DestinationOffset = 16;

    private readonly byte[] _bytes;
    private readonly int _header;

    private Packet(byte[] bytes, int header) => (_bytes, _header) = (bytes, header);

    public byte Protocol => _bytes[9];

    public IPEndPoint Source
    {
        get => Read(SourceOffset, 0);
        set => Write(value, SourceOffset, 0);
    }

    public IPEndPoint Destination
    {
        get => Read(DestinationOffset, 2);
        set => Write(value, DestinationOffset, 2);
    }

    /// <summary>Reads a packet; null for everything that is not whole UDP or TCP over IPv4.</summary>
    public static Packet? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 28 || bytes[0] >> 4 != 4)
            return null;
        var header = 4 * (bytes[0] & 15);
        var isFragment = (BinaryPrimitives.ReadUInt16BigEndian(bytes[6..]) & 0x3FFF) != 0;
        var least = header + (bytes[9] == Tcp ? 20 : 8);
        return isFragment || bytes[9] is not (Tcp or Udp) || bytes.Length < least
            ? null
            : new Packet(bytes.ToArray(), header);
    }

    /// <summary>The packet with its checksums.</summary>
    public byte[] ToBytes()
    {
        Put(10, 0);
        Put(10, Complement(Sum(_bytes.AsSpan(0, _header))));
        var checksum = _header + (Protocol == Tcp ? 16 : 6);
        Put(checksum, 0);
        var pseudo = Sum(_bytes.AsSpan(SourceOffset, 8)) + Protocol + (uint)(_bytes.Length - _header);
        var sum = Complement(pseudo + Sum(_bytes.AsSpan(_header)));
        Put(checksum, sum == 0 && Protocol == Udp ? (ushort)0xFFFF : sum);
        return _bytes;
    }

    private static uint Sum(ReadOnlySpan<byte> bytes)
    {
        uint sum = 0;
        for (var i = 0; i < bytes.Length; i += 2)
            sum += (uint)((bytes[i] << 8) | (i + 1 < bytes.Length ? bytes[i + 1] : 0));
        return sum;
    }

    private static ushort Complement(uint sum)
    {
        while (sum > 0xFFFF)
            sum = (sum & 0xFFFF) + (sum >> 16);
        return (ushort)(0xFFFF - sum);
    }

    private IPEndPoint Read(int address, int port) => new(
        new IPAddress(_bytes.AsSpan(address, 4)),
        BinaryPrimitives.ReadUInt16BigEndian(_bytes.AsSpan(_header + port)));

    private void Write(IPEndPoint value, int address, int port)
    {
        value.Address.GetAddressBytes().CopyTo(_bytes, address);
        Put(_header + port, (ushort)value.Port);
    }

    private void Put(int offset, ushort value) => BinaryPrimitives.WriteUInt16BigEndian(_bytes.AsSpan(offset), value);
}
