using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy.Wire;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Policy.Mediation;

/// <summary>A mediator to a caller: I told her; this is where I see her, and you. Signed by the mediator.</summary>
/// <param name="Request">The hash of the request, signature included.</param>
/// <param name="Mediator">The mediator's verifying key.</param>
/// <param name="Ursula">Where she is; port 0: she is not the mediator's guest.</param>
/// <param name="Caller">The address that the request came from.</param>
public sealed record Introduced(
    Digest Request, VerifyingKey Mediator, NodeAddress Ursula, NodeAddress Caller)
    : IProtocolBody<Introduced>
{
    /// <inheritdoc/>
    public static ProtocolHeader Header { get; } = ProtocolHeader.Of("InCa");

    /// <inheritdoc/>
    public static int MaxSize => 1_200;

    /// <inheritdoc/>
    public static Introduced? Read(ref FieldReader reader)
    {
        var (request, mediator) = (reader.Digest(), reader.VerifyingKey());
        var (ursula, caller) = (reader.Address(), reader.Address());
        return mediator is null ? null : new(request, mediator, ursula, caller);
    }

    /// <inheritdoc/>
    public void Write(FieldWriter writer) =>
        writer.Digest(Request).Key(Mediator).Address(Ursula).Address(Caller);
}
