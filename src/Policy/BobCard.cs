using System.Diagnostics.CodeAnalysis;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Policy;

/// <summary>Bob's public keys as one line of text, for Alice: <c>bob1_</c> and 94 characters.</summary>
/// <param name="VerifyingKey">Verifies Bob's requests.</param>
/// <param name="EncryptingKey">Treasure maps are sealed, and re-encryption is directed, to it.</param>
public sealed record BobCard(VerifyingKey VerifyingKey, PublicKey EncryptingKey)
{
    /// <summary>The id of Bob's node.</summary>
    public NodeId Id => NodeId.FromVerifyingKey(VerifyingKey.ToBytes());

    /// <summary>Reads a card; says why not. Blanks around it don't matter.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out BobCard? card, out CardRefusal refusal)
    {
        card = null;
        refusal = CardText.TryRead(text, CardText.BobPrefix, VerifyingKey.Size + PublicKey.Size, out var keys);
        if (refusal != CardRefusal.None)
            return false;
        if (VerifyingKey.TryRead(keys.AsSpan(0, VerifyingKey.Size), out var verifying)
            && PublicKey.TryRead(keys.AsSpan(VerifyingKey.Size), out var encrypting))
            card = new BobCard(verifying, encrypting);
        refusal = card is null ? CardRefusal.BadKey : CardRefusal.None;
        return card is not null;
    }

    /// <summary>The line of text.</summary>
    public override string ToString() =>
        CardText.Write(CardText.BobPrefix, [.. VerifyingKey.ToBytes(), .. EncryptingKey.ToBytes()]);
}
