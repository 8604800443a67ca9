using NuCypher.P2P.Policy.Messages;
using NuCypher.P2P.Policy.Rules;
using NuCypher.P2P.Policy.Wire;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Policy.Ursula;

/// <summary>One request at one moment: makes the signed replies to it.</summary>
internal sealed class UrsulaTurn(
    ProxyKeys keys, Digest request, ClockReading time, KnownFacts? facts, RandomSource random)
{
    /// <summary>The moment in whole milliseconds, as events and replies carry it.</summary>
    public DateTimeOffset Now { get; } =
        DateTimeOffset.FromUnixTimeMilliseconds(Math.Max(0, time.Now.ToUnixTimeMilliseconds()));

    public ClockReading Time => time;

    /// <summary>What was found out; null: nothing was asked yet.</summary>
    public KnownFacts? Facts => facts;

    public RandomSource Random => random;

    public Digest Request => request;

    public UrsulaDecision Refuse(RefusalReason reason) =>
        new([], reason, Sign(new ServiceRefusal(request, keys.Id, reason, Now)));

    public UrsulaDecision Answer<TBody>(TBody answer, params PolicyEvent[] events)
        where TBody : class, IProtocolBody<TBody> => new(events, RefusalReason.None, Sign(answer));

    public UrsulaDecision Receipt(PolicyReceiptKind kind, PolicyId policy, params PolicyEvent[] events) =>
        Answer(new PolicyReceipt(kind, request, policy, keys.Id, Now), events);

    private ReadOnlyMemory<byte> Sign<TBody>(TBody body)
        where TBody : class, IProtocolBody<TBody> => SignedMessage.Sign(body, keys.Signer, random).Bytes;
}
