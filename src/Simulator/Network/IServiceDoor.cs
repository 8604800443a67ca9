using NuCypher.P2P.Policy.Services;

namespace NuCypher.P2P.Simulator;

/// <summary>
/// What answers the service calls that arrive at a simulated host: an honest node's Ursula, or an adversary.
/// </summary>
public interface IServiceDoor
{
    /// <summary>
    /// SHA-256 of the certificate that it shows, 32 bytes; a caller who expects another one gets <c>PinMismatch</c>.
    /// </summary>
    ReadOnlyMemory<byte> CertificatePin { get; }

    /// <summary>Takes a request; calls back at most once, now or later.</summary>
    void Receive(ServiceRequest request, Action<ServiceReply> reply);
}
