using NuCypher.P2P.Actors.Links;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Messages;
using NuCypher.P2P.Policy.Services;
using NuCypher.P2P.Policy.Wire;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Simulator;

/// <summary>Asks Ursulas as somebody does who keeps to no rule: not through the actors of Alice and Bob.</summary>
/// <param name="run">Where.</param>
/// <param name="host">From which machine.</param>
/// <param name="signer">In whose name.</param>
/// <param name="seed">For nonces and signatures.</param>
internal sealed class Petitioner(RunContext run, SimulatedHost host, Signer signer, Seed seed)
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(5);

    private readonly RandomSource _random = seed.NewRandomSource();

    /// <summary>Asks one Ursula for re-encryption.</summary>
    /// <param name="ursula">Whom.</param>
    /// <param name="policy">About which policy.</param>
    /// <param name="version">The kfrags' version, from the map.</param>
    /// <param name="capsule">What is to be re-encrypted.</param>
    /// <param name="issuedAt">When the request says that it was made.</param>
    public Task<ServiceAnswer> AskAsync(
        SimulatedNode ursula, PolicyId policy, PolicyVersion version, Capsule capsule, DateTimeOffset issuedAt)
    {
        var nonce = Nonce.Random(_random);
        var request = new ReencryptionRequest(policy, ursula.Id, version, issuedAt, nonce, [capsule]);
        return AskAsync(ursula, ServiceKind.Reencrypt, request);
    }

    /// <summary>Proposes an arrangement to one.</summary>
    public Task<ServiceAnswer> AskAsync(SimulatedNode ursula, ArrangementProposal proposal) =>
        AskAsync(ursula, ServiceKind.ProposeArrangement, proposal);

    private Task<ServiceAnswer> AskAsync<TBody>(SimulatedNode ursula, ServiceKind kind, TBody body)
        where TBody : class, IProtocolBody<TBody>
    {
        var target = new ServiceAddress(
            ursula.Machine.Host.Address.Address.ToString(), ursula.Machine.Host.Address.Port,
            Digest.Read(ursula.CertificatePin.Span));
        var call = new ServiceCall(0, target, kind, SignedMessage.Sign(body, signer, _random).Bytes, TimeLimit);
        var promise = new TaskCompletionSource<ServiceAnswer>();
        ServiceExchange.Start(
            run.World.Network, host, ursula.Machine.Host, call, answer => run.World.Loop.Post(
                () => promise.TrySetResult(answer)));
        return promise.Task;
    }
}
