namespace NuCypher.P2P.Policy.Rules;

/// <summary>Kleene's three values: what can't be known now is neither true nor false.</summary>
/// <remarks>Source: Kleene, Introduction to Metamathematics (1952), § 64, the strong connectives.</remarks>
public enum Truth
{
    /// <summary>Not known; served by nobody.</summary>
    Unknown,

    /// <summary>It does not hold.</summary>
    False,

    /// <summary>It holds.</summary>
    True,
}
