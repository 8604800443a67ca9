using System.Globalization;

namespace NuCypher.P2P.Ledger.Accounts;

/// <summary>Amounts: whole numbers of units, of which 10⁹ are a coin (NKMS).</summary>
public static class Coins
{
    /// <summary>Units of a coin.</summary>
    public const ulong Units = 1_000_000_000;

    /// <summary>No amount is larger: so the product of two of them fits in 128 bits.</summary>
    public static readonly UInt128 MaxAmount = (UInt128)1 << 62;

    /// <summary>This many whole coins, in units.</summary>
    public static UInt128 Of(ulong coins) => (UInt128)coins * Units;

    /// <summary>Units as coins, as short as it is exact: <c>15000</c>, <c>0.000000001</c>.</summary>
    public static string Text(UInt128 units)
    {
        var (coins, rest) = UInt128.DivRem(units, Units);
        return rest == 0
            ? coins.ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{coins}.{(ulong)rest:D9}").TrimEnd('0');
    }
}
