using System.Diagnostics.CodeAnalysis;
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
/// with the record. A node behind a NAT has no host; minor version 1 adds its mediators: number (1, at most 3), for
/// each node id (20) and UDP address (as above).
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

    /// <summary>The most mediators of a node.</summary>
    public const int MaxMediators = 3;

    private static readonly ProtocolHeader Header = ProtocolHeader.Of("NdRc", minor: 1);
    private static readonly ProtocolHeader WithoutMediators = ProtocolHeader.Of("NdRc");

    /// <summary>Who introduces callers to this node; empty unless it is behind a NAT.</summary>
    public IReadOnlyList<Mediator> Mediators { get; init; } = [];

    /// <summary>The node's id.</summary>
    public NodeId Id => NodeId.FromVerifyingKey(VerifyingKey.ToBytes());

    /// <summary>How to call the node's Ursula; null if it is none or has no service.</summary>
    public ServiceTarget? Service =>
        Capabilities.HasFlag(NodeCapabilities.Ursula) && Address is { } address
            ? new ServiceTarget(Id, VerifyingKey, EncryptingKey, address, Udp.Address)
            {
                Kademlia = Udp,
                IsMediator = Capabilities.HasFlag(NodeCapabilities.Mediator) && address.Route is null,
            }
            : null;

    private ServiceAddress? Address =>
        Capabilities.HasFlag(NodeCapabilities.Mediated)
            ? Mediators.Count == 0 ? null : new ServiceAddress(Udp.Address.ToString(), Udp.Port, CertificatePin)
            {
                Route = new MediatedRoute(Id, EncryptingKey, Mediators),
            }
            : Host.Length > 0 && Port > 0 ? new ServiceAddress(Host, Port, CertificatePin) : null;

    /// <summary>Whether the other says the same.</summary>
    public bool Equals(NodeRecord? other) =>
        other is not null && VerifyingKey.Equals(other.VerifyingKey) && Body().AsSpan().SequenceEqual(other.Body());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(VerifyingKey, Udp, Host, Port);

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
        var (udp, host) = (reader.Address(), ReadHost(ref reader));
        var (port, pin) = (reader.TwoByteNumber(), reader.Digest());
        var mediators = WithoutMediators.Check(body, out var hasMediators) == DecodeRefusal.None && hasMediators
            ? ReadMediators(ref reader)
            : [];
        refusal = reader.Refusal == DecodeRefusal.None && !reader.AtEnd && !newer
            ? DecodeRefusal.TrailingBytes
            : reader.Refusal;
        return refusal != DecodeRefusal.None || encryptingKey is null
            ? null
            : new(publisher, encryptingKey, capabilities, udp, host, port, pin) { Mediators = mediators };
    }

    private static Mediator[] ReadMediators(ref FieldReader reader)
    {
        var mediators = new Mediator[reader.Count(0, MaxMediators)];
        for (var i = 0; i < mediators.Length; i++)
        {
            mediators[i] = new Mediator(reader.NodeId(), reader.Address());
            if (!mediators[i].Udp.IsUnicast)
                reader.Refuse();
        }
        return mediators;
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
        var writer = new FieldWriter(Mediators.Count > 0 ? Header : WithoutMediators)
            .Key(EncryptingKey).FourByteNumber((uint)Capabilities).Address(Udp)
            .Prefixed(Encoding.ASCII.GetBytes(Host)).TwoByteNumber(Port).Digest(CertificatePin);
        if (Mediators.Count == 0)
            return writer.ToArray();
        writer.Count(Mediators.Count);
        foreach (var mediator in Mediators)
            writer.NodeId(mediator.Id).Address(mediator.Udp);
        return writer.ToArray();
    }
}
