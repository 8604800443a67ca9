using NuCypher.P2P.Policy.Services;

namespace NuCypher.P2P.Simulator;

/// <summary>A door at which a witness stands.</summary>
internal sealed class WitnessedDoor(IServiceDoor door, SimulatedNode ursula, ServiceWitness witness) : IServiceDoor
{
    public ReadOnlyMemory<byte> CertificatePin => door.CertificatePin;

    public void Receive(ServiceRequest request, Action<ServiceReply> reply)
    {
        witness.Asked(ursula, request);
        var wasRevoked = witness.IsRevoked(ursula, request);
        door.Receive(request, answer =>
        {
            witness.Answered(ursula, request, answer, wasRevoked);
            reply(answer);
        });
    }
}
