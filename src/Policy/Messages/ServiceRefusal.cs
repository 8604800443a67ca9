using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy.Wire;

namespace NuCypher.P2P.Policy.Messages;

/// <summary>
/// Ursula to Alice or Bob: no, and why. Signed by Ursula, so that nobody else can make her seem unwilling.
/// </summary>
/// <param name="Request">The hash of the refused request, signature included.</param>
/// <param name="Ursula">Who refuses.</param>
/// <param name="Reason">Why; a number that this program does not know is kept as it is.</param>
/// <param name="At">When, by her clock: shows the asker how far the clocks differ.</param>
public sealed record ServiceRefusal(Digest Request, NodeId Ursula, RefusalReason Reason, DateTimeOffset At)
    : IProtocolBody<ServiceRefusal>, IUrsulaAnswer
{
    /// <inheritdoc/>
    public static ProtocolHeader Header { get; } = ProtocolHeader.Of("SvRf");

    /// <inheritdoc/>
    public static ServiceRefusal? Read(ref FieldReader reader)
    {
        var refusal = new ServiceRefusal(
            reader.Digest(), reader.NodeId(), (RefusalReason)reader.Byte(), reader.Time());
        return refusal.Reason == RefusalReason.None ? null : refusal;
    }

    /// <inheritdoc/>
    public void Write(FieldWriter writer) =>
        writer.Digest(Request).NodeId(Ursula).Byte((byte)Reason).Time(At);
}
