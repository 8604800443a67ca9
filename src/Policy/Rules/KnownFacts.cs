namespace NuCypher.P2P.Policy.Rules;

/// <summary>What was found out for one request; what nobody found out is not known.</summary>
public sealed class KnownFacts(IReadOnlyDictionary<JsonFact, Truth> known)
{
    /// <summary>Nothing was asked.</summary>
    public static readonly KnownFacts None = new(new Dictionary<JsonFact, Truth>());

    /// <summary>Whether it is so.</summary>
    public Truth this[JsonFact fact] => known.GetValueOrDefault(fact);
}
