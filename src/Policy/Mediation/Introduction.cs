using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy.Wire;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Policy.Mediation;

/// <summary>A mediator to a node behind a NAT: somebody there wants to call you, let him in. Signed by the
/// mediator.</summary>
/// <param name="Ursula">To whom it is addressed.</param>
/// <param name="Mediator">The mediator's verifying key.</param>
/// <param name="Caller">The address that the caller's request came from.</param>
/// <param name="Nonce">The request's.</param>
/// <param name="At">When, by the mediator's clock.</param>
public sealed record Introduction(
    NodeId Ursula, VerifyingKey Mediator, NodeAddress Caller, Nonce Nonce, DateTimeOffset At)
    : IProtocolBody<Introduction>
{
    /// <inheritdoc/>
    public static ProtocolHeader Header { get; } = ProtocolHeader.Of("InTo");

    /// <inheritdoc/>
    public static int MaxSize => 1_200;

    /// <inheritdoc/>
    public static Introduction? Read(ref FieldReader reader)
    {
        var (ursula, mediator, caller) = (reader.NodeId(), reader.VerifyingKey(), reader.Address());
        var (nonce, at) = (reader.Nonce(), reader.Time());
        return mediator is null ? null : new(ursula, mediator, caller, nonce, at);
    }

    /// <inheritdoc/>
    public void Write(FieldWriter writer) =>
        writer.NodeId(Ursula).Key(Mediator).Address(Caller).Nonce(Nonce).Time(At);
}
