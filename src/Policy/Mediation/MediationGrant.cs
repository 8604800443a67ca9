using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy.Wire;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Policy.Mediation;

/// <summary>A mediator to a node behind a NAT: I introduce callers to you, and this is where I see you. Signed by the
/// mediator.</summary>
/// <param name="Request">The hash of the request, signature included.</param>
/// <param name="Mediator">The mediator's verifying key.</param>
/// <param name="Seen">The address that the request came from.</param>
public sealed record MediationGrant(
    Digest Request, VerifyingKey Mediator, NodeAddress Seen)
    : IProtocolBody<MediationGrant>
{
    /// <inheritdoc/>
    public static ProtocolHeader Header { get; } = ProtocolHeader.Of("MdGr");

    /// <inheritdoc/>
    public static int MaxSize => 1_200;

    /// <inheritdoc/>
    public static MediationGrant? Read(ref FieldReader reader)
    {
        var (request, mediator, seen) = (reader.Digest(), reader.VerifyingKey(), reader.Address());
        return mediator is null ? null : new(request, mediator, seen);
    }

    /// <inheritdoc/>
    public void Write(FieldWriter writer) =>
        writer.Digest(Request).Key(Mediator).Address(Seen);
}
