namespace NuCypher.P2P.Actors.Services;

/// <summary>Where a node's HTTPS service is, and how to know it.</summary>
/// <param name="Host">A numeric address or a name, as the node record says.</param>
/// <param name="Port">TCP port.</param>
/// <param name="CertificatePin">SHA-256 of the DER certificate, 32 bytes.</param>
public sealed record ServiceAddress(string Host, ushort Port, ReadOnlyMemory<byte> CertificatePin);
