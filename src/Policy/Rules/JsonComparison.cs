namespace NuCypher.P2P.Policy.Rules;

/// <summary>How what a host says is compared; one byte. Only numbers have an order.</summary>
public enum JsonComparison : byte
{
    /// <summary>The same.</summary>
    Equal = 1,

    /// <summary>Another.</summary>
    NotEqual = 2,

    /// <summary>Smaller.</summary>
    Less = 3,

    /// <summary>Smaller or the same.</summary>
    LessOrEqual = 4,

    /// <summary>Greater.</summary>
    Greater = 5,

    /// <summary>Greater or the same.</summary>
    GreaterOrEqual = 6,
}
