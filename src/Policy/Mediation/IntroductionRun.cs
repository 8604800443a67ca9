using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy.Services;
using NuCypher.P2P.Policy.Wire;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Policy.Mediation;

/// <summary>
/// The core of a caller who wants to be introduced: asks one mediator after the other, each twice, until one knows
/// where the node is. Pure.
/// </summary>
/// <param name="route">Whom to call, and through whom.</param>
/// <param name="caller">Signs for the caller; not disposed here.</param>
public sealed class IntroductionRun(MediatedRoute route, Signer caller)
{
    private const int Rounds = 2;

    private readonly Dictionary<Digest, Mediator> _asked = [];
    private int _tries;

    /// <summary>The next request; null once everybody was asked twice.</summary>
    public ControlDatagram? Next(Moment now, RandomSource random)
    {
        if (_tries >= Rounds * route.Mediators.Count)
            return null;
        var mediator = route.Mediators[_tries++ % route.Mediators.Count];
        var request = new IntroductionRequest(
            caller.VerifyingKey, mediator.Id, route.Ursula, Nonce.Random(random), now.Clock);
        var message = SignedMessage.Sign(request, caller, random);
        _asked.Add(message.Hash, mediator);
        return new ControlDatagram(mediator.Udp, message.Bytes);
    }

    /// <summary>
    /// Takes an answer; null if it is not the genuine one of a mediator who was asked. Each counts once. Never throws.
    /// </summary>
    public Introduced? Take(NodeAddress from, ReadOnlySpan<byte> bytes)
    {
        if (!_asked.Values.Any(asked => asked.Udp == from) // a stranger's bytes are not even read
            || !SignedMessage.TryRead<Introduced>(bytes, out var message, out _)
            || !_asked.TryGetValue(message.Claims.Request, out var mediator) || mediator.Udp != from
            || NodeId.FromVerifyingKey(message.Claims.Mediator.ToBytes()) != mediator.Id
            || !message.Verify(message.Claims.Mediator, out var verified))
            return null;
        _asked.Remove(message.Claims.Request);
        return verified.Body;
    }

    /// <summary>What to show when connecting.</summary>
    /// <param name="seen">Where the mediator sees the caller.</param>
    /// <param name="now">The time.</param>
    /// <param name="random">For nonce and signature.</param>
    public ReadOnlyMemory<byte> TokenFor(NodeAddress seen, Moment now, RandomSource random) => SignedMessage.Sign(
        new ConnectionToken(caller.VerifyingKey, route.Ursula, seen, Nonce.Random(random), now.Clock), caller, random)
        .Bytes;
}
