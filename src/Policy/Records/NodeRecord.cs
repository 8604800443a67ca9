using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy.Services;
using NuCypher.P2P.Policy.Wire;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Policy.Records;

/// <summary>What a node publishes about itself under its own id: keys, addresses, certificate, capabilities.</summary>
/// <remarks>
/// Body of a signed record: header <c>NdRc</c>, encrypting key (33), capabilities (4), UDP address (1 byte size 4 or
/// 16, bytes, port 2), host of the service (2 bytes size, ASCII, 0 to 253), port (2), pin (32). At most 352 bytes, 475
/// with the record.
/// </remarks>
/// <param name="VerifyingKey">The publisher's key, from the record; the node's id is its hash.</param>
/// <param name="EncryptingKey">Others seal to it.</param>
/// <param name="Capabilities">What the node does.</param>
/// <param name="Udp">Where it speaks Kademlia.</param>
/// <param name="Host">Name or address of its HTTPS service; empty if it has none.</param>
/// <param name="Port">TCP port of its HTTPS service.</param>
/// <param name="CertificatePin">SHA-256 of the certificate (DER).</param>
public sealed record NodeRecord(
    VerifyingKey VerifyingKey,
    PublicKey EncryptingKey,
    NodeCapabilities Capabilities,
    NodeAddress Udp,
    string Host,
    ushort Port,
    Digest CertificatePin)
{
    /// <summary>The longest host name, as in DNS.</summary>
    public const int MaxHostLength = 253;

    private static readonly ProtocolHeader Header = ProtocolHeader.Of("NdRc");

    /// <summary>The node's id.</summary>
    public NodeId Id => NodeId.FromVerifyingKey(VerifyingKey.ToBytes());

    /// <summary>How to call the node's Ursula; null if it is none or has no service.</summary>
    public ServiceTarget? Service => Capabilities.HasFlag(NodeCapabilities.Ursula) && Host.Length > 0 && Port > 0
        ? new ServiceTarget(
            Id, VerifyingKey, EncryptingKey, new ServiceAddress(Host, Port, CertificatePin), Udp.Address)
        : null;

    /// <summary>Reads a verified record's body; false if it is another kind or not one of ours. Never throws.</summary>
    public static bool TryRead(
        VerifiedRecord record, [NotNullWhen(true)] out NodeRecord? node, out DecodeRefusal refusal)
    {
        node = null;
        if (record.Kind != RecordKind.NodeRecord || !VerifyingKey.TryRead(record.PublisherKey.Span, out var publisher))
            refusal = DecodeRefusal.NotForThis;
        else
            node = ReadBody(record.Body.Span, publisher, out refusal);
        return node is not null;
    }

    /// <summary>Makes the signed record to publish.</summary>
    /// <param name="signer">The node's signer; its key must be this record's.</param>
    /// <param name="sequence">Higher than any published before.</param>
    /// <param name="notAfter">The end of the record's life.</param>
    /// <param name="random">For the signature.</param>
    public SignedRecord ToRecord(Signer signer, ulong sequence, DateTimeOffset notAfter, RandomSource random) =>
        SignedRecord.Create(
            RecordKind.NodeRecord, VerifyingKey.ToBytes(), [], sequence, notAfter, Body(), RecordSignatures.By(
                signer, random));

    private static NodeRecord? ReadBody(ReadOnlySpan<byte> body, VerifyingKey publisher, out DecodeRefusal refusal)
    {
        refusal = Header.Check(body, out var newer);
        if (refusal != DecodeRefusal.None)
            return null;
        var reader = new FieldReader(body[ProtocolHeader.Size..]);
        var encryptingKey = reader.PublicKey();
        var capabilities = (NodeCapabilities)reader.FourByteNumber();
        var (udp, host) = (ReadAddress(ref reader), ReadHost(ref reader));
        var (port, pin) = (reader.TwoByteNumber(), reader.Digest());
        refusal = reader.Refusal == DecodeRefusal.None && !reader.AtEnd && !newer
            ? DecodeRefusal.TrailingBytes
            : reader.Refusal;
        return refusal != DecodeRefusal.None || encryptingKey is null
            ? null
            : new(publisher, encryptingKey, capabilities, udp, host, port, pin);
    }

    private static NodeAddress ReadAddress(ref FieldReader reader)
    {
        var size = reader.Byte();
        if (size is not (4 or 16))
            reader.Refuse();
        var address = new IPAddress(reader.Bytes(size == 16 ? 16 : 4));
        return new NodeAddress(address, reader.TwoByteNumber());
    }

    // Printable ASCII without the characters that would end a host in a URI.
    private static string ReadHost(ref FieldReader reader)
    {
        var host = Encoding.ASCII.GetString(reader.Prefixed(MaxHostLength));
        if (host.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or ':' or '[' or ']' or '_'))
            return host;
        reader.Refuse();
        return string.Empty;
    }

    private byte[] Body()
    {
        var address = Udp.Address.GetAddressBytes();
        return new FieldWriter(Header)
            .Key(EncryptingKey).FourByteNumber((uint)Capabilities)
            .Count(address.Length).Bytes(address).TwoByteNumber(Udp.Port)
            .Prefixed(Encoding.ASCII.GetBytes(Host)).TwoByteNumber(Port).Digest(CertificatePin).ToArray();
    }
}
