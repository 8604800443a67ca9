using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy.Messages;
using NuCypher.P2P.Policy.Wire;

namespace NuCypher.P2P.Policy.Alice;

/// <summary>An Ursula confirmed that a kfrag is gone.</summary>
/// <param name="Hrac">Of which grant.</param>
/// <param name="Ursula">Who confirmed it.</param>
/// <param name="Receipt">Her signed <see cref="PolicyReceipt"/>: the proof that Alice keeps.</param>
public sealed record RevocationConfirmed(Hrac Hrac, NodeId Ursula, ReadOnlyMemory<byte> Receipt) : GrantEvent
{
    internal const string Name = "revocation-confirmed/1";

    private const int MaxReceiptSize = 512;

    /// <inheritdoc/>
    public override string Manifest => Name;

    internal static GrantEvent Read(ref FieldReader reader) => new RevocationConfirmed(
        new Hrac(reader.Digest()), reader.NodeId(), reader.Prefixed(MaxReceiptSize).ToArray());

    internal override void Write(FieldWriter writer) => writer.Digest(Hrac.Value).NodeId(Ursula).Prefixed(Receipt.Span);
}
