namespace NuCypher.P2P.Umbral.Curve;

/// <summary>A running sum of points: what the two backends' coordinates have in common.</summary>
/// <typeparam name="TSelf">The sum.</typeparam>
/// <typeparam name="TEntry">An entry of a table of multiples.</typeparam>
internal interface ISummand<TSelf, TEntry>
    where TSelf : struct, ISummand<TSelf, TEntry>
{
    /// <summary>The sum of nothing.</summary>
    static abstract TSelf Zero { get; }

    /// <summary>Doubles the sum.</summary>
    static abstract void Double(ref TSelf sum);

    /// <summary>Adds an entry, or its negative.</summary>
    static abstract void AddVarTime(ref TSelf sum, in TEntry entry, bool negative);
}
