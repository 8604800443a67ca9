using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy.Wire;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Policy.Mediation;

/// <summary>A caller to a mediator: introduce me to this node. Signed by the caller.</summary>
/// <param name="Caller">The caller's verifying key; a client's is another one at each start.</param>
/// <param name="Mediator">To whom it is addressed.</param>
/// <param name="Ursula">Whom he wants to call.</param>
/// <param name="Nonce">Another one each time.</param>
/// <param name="At">When, by the caller's clock.</param>
public sealed record IntroductionRequest(
    VerifyingKey Caller, NodeId Mediator, NodeId Ursula, Nonce Nonce, DateTimeOffset At)
    : IProtocolBody<IntroductionRequest>
{
    /// <inheritdoc/>
    public static ProtocolHeader Header { get; } = ProtocolHeader.Of("InRq");

    /// <inheritdoc/>
    public static int MaxSize => 1_200;

    /// <inheritdoc/>
    public static IntroductionRequest? Read(ref FieldReader reader)
    {
        var caller = reader.VerifyingKey();
        var (mediator, ursula, nonce, at) = (reader.NodeId(), reader.NodeId(), reader.Nonce(), reader.Time());
        return caller is null ? null : new(caller, mediator, ursula, nonce, at);
    }

    /// <inheritdoc/>
    public void Write(FieldWriter writer) =>
        writer.Key(Caller).NodeId(Mediator).NodeId(Ursula).Nonce(Nonce).Time(At);
}
