using NuCypher.P2P.Policy.Services;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Messages;
using NuCypher.P2P.Policy.Ursula;
using NuCypher.P2P.Policy.Wire;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Simulator;

/// <summary>
/// The front door of an Ursula that cheats: behind it is an honest one, whose keys and answers it misuses.
/// </summary>
/// <param name="honest">What she would answer.</param>
/// <param name="identity">Her keys: what she signs, she signs well.</param>
/// <param name="way">How she cheats.</param>
/// <param name="seed">For what she makes up.</param>
public sealed class HostileDoor(IServiceDoor honest, Identity identity, HostileWay way, Seed seed) : IServiceDoor
{
    private const int BabbleSize = 500;

    private readonly RandomSource _random = seed.NewRandomSource();
    private readonly Dictionary<PolicyId, ServiceReply> _first = [];

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> CertificatePin => honest.CertificatePin;

    /// <inheritdoc/>
    public void Receive(ServiceRequest request, Action<ServiceReply> reply)
    {
        if (request.Kind == ServiceKind.Revoke && way == HostileWay.Hoarding)
            reply(FalseReceipt(request.Body));
        else if (request.Kind == ServiceKind.Reencrypt)
            Cheat(request, reply);
        else
            honest.Receive(request, reply);
    }

    private void Cheat(ServiceRequest request, Action<ServiceReply> reply)
    {
        if (way == HostileWay.Babble)
            reply(new ServiceReply(ServiceStatus.Ok, Babble()));
        else if (way == HostileWay.WrongCapsuleFrag)
            honest.Receive(request, answer => reply(WrongCapsuleFrags(request.Body, answer)));
        else if (way == HostileWay.Replay)
            honest.Receive(request, answer => reply(Replayed(request.Body, answer)));
        else if (way == HostileWay.Hoarding)
            honest.Receive(request, reply);
    }

    private byte[] Babble()
    {
        var bytes = new byte[BabbleSize];
        _random.Fill(bytes);
        return bytes;
    }

    private ServiceReply Replayed(ReadOnlyMemory<byte> body, ServiceReply answer)
    {
        if (!UrsulaRequest.TryRead(ServiceKind.Reencrypt, body.Span, out var request, out _))
            return answer;
        _first.TryAdd(request.Policy, answer);
        return _first[request.Policy];
    }

    // She says truly what was deposited with her: else nobody could tell whose fault it is.
    private ServiceReply WrongCapsuleFrags(ReadOnlyMemory<byte> body, ServiceReply answer)
    {
        if (!SignedMessage.TryRead<ReencryptionResponse>(answer.Body.Span, out var honestly, out _))
            return answer;
        if (!SignedMessage.TryRead<ReencryptionRequest>(body.Span, out var request, out _))
            return new ServiceReply(ServiceStatus.Malformed, default);
        using var somebody = SecretKey.Random(_random);
        using var keyFrag = ProxyReencryption.GenerateKeyFrags(
            somebody, somebody.PublicKey, identity.Signer, 1, 1, signDelegatingKey: true, signReceivingKey: true,
            _random)[0];
        ReadOnlyMemory<byte>[] cfrags =
            [.. request.Claims.Capsules.OfType<Capsule>().Select(
                capsule => (ReadOnlyMemory<byte>)ProxyReencryption.Reencrypt(capsule, keyFrag, _random).ToBytes())];
        return Signed(new ReencryptionResponse(
            request.Hash, identity.Id, honestly.Claims.Terms, honestly.Claims.PolicyKey, cfrags));
    }

    private ServiceReply FalseReceipt(ReadOnlyMemory<byte> body) =>
        SignedMessage.TryRead<RevocationOrder>(body.Span, out var order, out _)
            ? Signed(new PolicyReceipt(
                PolicyReceiptKind.Revoked,
                order.Hash,
                PolicyId.Of(order.Claims.Alice, order.Claims.Name),
                identity.Id,
                DateTimeOffset.UnixEpoch))
            : new ServiceReply(ServiceStatus.Malformed, default);

    private ServiceReply Signed<TBody>(TBody body)
        where TBody : class, IProtocolBody<TBody> =>
        new(ServiceStatus.Ok, SignedMessage.Sign(body, identity.Signer, _random).Bytes);
}
