using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy.Wire;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Policy.Mediation;

/// <summary>A caller to the node that he connects to: this is who I am. Signed by the caller; good once, for a
/// minute.</summary>
/// <param name="Caller">The caller's verifying key.</param>
/// <param name="Ursula">To whom he connects.</param>
/// <param name="From">Where the mediator saw him: from another host the token is worth nothing.</param>
/// <param name="Nonce">Another one each time.</param>
/// <param name="At">When, by the caller's clock.</param>
public sealed record ConnectionToken(
    VerifyingKey Caller, NodeId Ursula, NodeAddress From, Nonce Nonce, DateTimeOffset At)
    : IProtocolBody<ConnectionToken>
{
    /// <inheritdoc/>
    public static ProtocolHeader Header { get; } = ProtocolHeader.Of("CnTk");

    /// <inheritdoc/>
    public static int MaxSize => 1_200;

    /// <inheritdoc/>
    public static ConnectionToken? Read(ref FieldReader reader)
    {
        var caller = reader.VerifyingKey();
        var (ursula, from, nonce, at) = (reader.NodeId(), reader.Address(), reader.Nonce(), reader.Time());
        return caller is null ? null : new(caller, ursula, from, nonce, at);
    }

    /// <inheritdoc/>
    public void Write(FieldWriter writer) =>
        writer.Key(Caller).NodeId(Ursula).Address(From).Nonce(Nonce).Time(At);
}
