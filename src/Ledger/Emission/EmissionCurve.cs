namespace NuCypher.P2P.Ledger.Emission;

/// <summary>How much is minted in a period: less the less there is left, equation (32), in whole numbers.</summary>
/// <remarks>
/// x = s₀·R + carry, s = x div R₀, carry = x mod R₀, where R is what is left to be minted and R₀ what was left at the
/// beginning.
/// With the remainder carried nothing stays behind: all of R is minted in the end, and never more.
/// </remarks>
/// <param name="First">s₀: the first period's.</param>
/// <param name="Reserve">R₀: all that will ever be minted; at most 2^62, as <paramref name="First"/>.</param>
public readonly record struct EmissionCurve(UInt128 First, UInt128 Reserve)
{
    /// <summary>One period.</summary>
    /// <param name="left">What is left to be minted.</param>
    /// <param name="carry">What the period before left over; 0 at first.</param>
    /// <param name="rest">What this period leaves over.</param>
    /// <returns>What is minted: at most what is left.</returns>
    public UInt128 Mint(UInt128 left, UInt128 carry, out UInt128 rest)
    {
        rest = 0;
        if (Reserve == 0)
            return 0;
        var (minted, remainder) = UInt128.DivRem((First * left) + carry, Reserve);
        rest = remainder;
        return UInt128.Min(minted, left);
    }
}
