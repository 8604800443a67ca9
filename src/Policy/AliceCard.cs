using System.Diagnostics.CodeAnalysis;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Policy;

/// <summary>Alice's public key as one line of text, for Bob: <c>alice1_</c> and 50 characters.</summary>
/// <param name="VerifyingKey">Verifies what Alice signs.</param>
public sealed record AliceCard(VerifyingKey VerifyingKey)
{
    /// <summary>The id of Alice's node.</summary>
    public NodeId Id => NodeId.FromVerifyingKey(VerifyingKey.ToBytes());

    /// <summary>Reads a card; says why not. Blanks around it don't matter.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out AliceCard? card, out CardRefusal refusal)
    {
        card = null;
        refusal = CardText.TryRead(text, CardText.AlicePrefix, VerifyingKey.Size, out var keys);
        if (refusal != CardRefusal.None)
            return false;
        card = VerifyingKey.TryRead(keys, out var key) ? new AliceCard(key) : null;
        refusal = card is null ? CardRefusal.BadKey : CardRefusal.None;
        return card is not null;
    }

    /// <summary>The line of text.</summary>
    public override string ToString() => CardText.Write(CardText.AlicePrefix, VerifyingKey.ToBytes());
}
