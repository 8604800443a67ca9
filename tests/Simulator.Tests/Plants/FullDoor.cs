using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Services;
using NuCypher.P2P.Policy.Ursula;

namespace NuCypher.P2P.Simulator.Tests;

/// <summary>A planted bug: when memory is full, whoever asks about a policy that is not in it is sent away.</summary>
internal sealed class FullDoor(IServiceDoor door, int room) : IServiceDoor
{
    private readonly HashSet<PolicyId> _inMemory = [];

    public ReadOnlyMemory<byte> CertificatePin => door.CertificatePin;

    public void Receive(ServiceRequest request, Action<ServiceReply> reply)
    {
        var isRead = UrsulaRequest.TryRead(request.Kind, request.Body.Span, out var read, out _);
        if (isRead && _inMemory.Count >= room && !_inMemory.Contains(read!.Policy))
            reply(new ServiceReply(ServiceStatus.Busy, default));
        else
            door.Receive(request, reply);
        if (isRead && _inMemory.Count < room)
            _inMemory.Add(read!.Policy);
    }
}
