using NuCypher.P2P.Policy.Services;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Messages;
using NuCypher.P2P.Policy.Wire;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Simulator.Tests;

/// <summary>A planted bug: whoever asks for re-encryption is taken for the policy's Bob.</summary>
internal sealed class ObligingDoor(IReadOnlyList<SimulatedNode> clients, IServiceDoor door) : IServiceDoor
{
    private readonly RandomSource _random = new Seed(1).NewRandomSource();
    private readonly Dictionary<PolicyId, Signer> _bobs = [];

    public ReadOnlyMemory<byte> CertificatePin => door.CertificatePin;

    public void Receive(ServiceRequest request, Action<ServiceReply> reply)
    {
        if (request.Kind == ServiceKind.DepositKeyFrag && SignedMessage.TryRead<KeyFragDeposit>(
            request.Body.Span, out var deposit, out _))
            _bobs[PolicyId.Of(deposit.Claims.Alice, deposit.Claims.Name)] = SignerOf(deposit.Claims.Bob);
        if (request.Kind == ServiceKind.Reencrypt
            && SignedMessage.TryRead<ReencryptionRequest>(request.Body.Span, out var asked, out _)
            && _bobs.TryGetValue(asked.Claims.Policy, out var bob) && !asked.Verify(bob.VerifyingKey, out _))
            request = request with { Body = SignedMessage.Sign(asked.Claims, bob, _random).Bytes };
        door.Receive(request, reply);
    }

    private Signer SignerOf(BobCard bob) =>
        clients.Single(client => client.Identity.VerifyingKey.Equals(bob.VerifyingKey)).Identity.Signer;
}
