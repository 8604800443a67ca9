namespace NuCypher.P2P.Policy.Wire;

/// <summary>
/// What separates the uses of one hash and one signing key; ASCII, each length-prefixed where it is used.
/// </summary>
internal static class DomainTags
{
    public const string SignedObject = "NuCypher.P2P/signed-object";
    public const string Authorship = "NuCypher.P2P/authorship";
    public const string PublicAuthorship = "NuCypher.P2P/public-authorship";
    public const string KeyHint = "NuCypher.P2P/key-hint";
    public const string TreasureMap = "NuCypher.P2P/treasure-map";
    public const string MapKey = "NuCypher.P2P/map-key";
    public const string RequestHash = "NuCypher.P2P/request-hash";
    public const string KeyFragHash = "NuCypher.P2P/kfrag-hash";
    public const string Hrac = "NuCypher.P2P/hrac";
    public const string PolicyName = "NuCypher.P2P/policy-name";
    public const string PolicyId = "NuCypher.P2P/policy-id";
    public const string KeyCommitment = "NuCypher.P2P/key-commitment";
    public const string Card = "NuCypher.P2P/card";
    public const string State = "NuCypher.P2P/policy-state";
    public const string Sealed = "NuCypher.P2P/sealed-kfrag";
    public const string SealedMap = "NuCypher.P2P/sealed-map";
    public const string StoredName = "NuCypher.P2P/stored-name";
    public const string Owner = "NuCypher.P2P/owner";
    public const string Terms = "NuCypher.P2P/deposit-terms";
    public const string SealedCall = "NuCypher.P2P/sealed-call";
    public const string SealedReply = "NuCypher.P2P/sealed-reply";
    public const string Stored = "NuCypher.P2P/stored-kfrag";
}
