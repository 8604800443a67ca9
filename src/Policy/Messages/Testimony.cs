using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy.Wire;

namespace NuCypher.P2P.Policy.Messages;

/// <summary>An Ursula to a node: whether it can be reached, and what time it is. Signed by Ursula.</summary>
/// <param name="Request">The hash of the request, signature included.</param>
/// <param name="Ursula">Who answers.</param>
/// <param name="Verdict">What came of calling the node back.</param>
/// <param name="At">When, by her clock: shows how far the clocks differ.</param>
public sealed record Testimony(Digest Request, NodeId Ursula, ReachVerdict Verdict, DateTimeOffset At)
    : IProtocolBody<Testimony>, IUrsulaAnswer
{
    /// <inheritdoc/>
    public static ProtocolHeader Header { get; } = ProtocolHeader.Of("RcTm");

    /// <inheritdoc/>
    public static Testimony? Read(ref FieldReader reader)
    {
        var testimony = new Testimony(reader.Digest(), reader.NodeId(), (ReachVerdict)reader.Byte(), reader.Time());
        return Enum.IsDefined(testimony.Verdict) ? testimony : null;
    }

    /// <inheritdoc/>
    public void Write(FieldWriter writer) => writer.Digest(Request).NodeId(Ursula).Byte((byte)Verdict).Time(At);
}
