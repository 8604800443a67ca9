using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NuCypher.P2P.Umbral.Curve.Lanes;

/// <summary>A constant generator's comb laid out for four lanes: in step s, lane l works on window 4s + l. Constant-time.</summary>
internal sealed class LaneComb
{
    private const int Entries = FixedBase.CombEntries;
    private const int Steps = SignedDigits.LaneCombCount / 4;

    private readonly LaneElement[] _table = new LaneElement[Steps * Entries * 2]; // x and y of each entry

    public static readonly LaneComb G = new(FixedBase.G);
    public static readonly LaneComb U = new(FixedBase.U);

    private LaneComb(FixedBase generator)
    {
        var multiples = FixedBase.MakeMultiples(generator.Point, SignedDigits.LaneCombCount);
        for (var step = 0; step < Steps; step++)
        {
            for (var i = 0; i < Entries; i++)
                Store(step, i, [.. Enumerable.Range(4 * step, 4).Select(window => multiples[(window * Entries) + i])]);
        }
    }

    /// <summary>k times the generator.</summary>
    [SkipLocalsInit]
    public JacobianPoint Multiply(in Scalar k)
    {
        Span<byte> digits = stackalloc byte[SignedDigits.LaneCombCount];
        SignedDigits.ReadLaneComb(k, digits);
        var sum = LanePoint.Identity;
        for (var step = 0; step < Steps; step++)
        {
            var at = 4 * step;
            Select(step, Vector256.Create(digits[at], digits[at + 1], digits[at + 2], (long)digits[at + 3]), out var x, out var y);
            LanePoint.AddAffine(ref sum, x, y);
        }
        digits.Clear();
        return sum.SumLanes();
    }

    /// <summary>Reads every entry of a step, and keeps in each lane the one that its digit stands for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Select(int step, Vector256<long> digits, out LaneElement x, out LaneElement y)
    {
        var negative = (digits >> 5) - Vector256<long>.One;
        var index = (digits ^ negative) & Vector256.Create(31L);
        LaneElement.Select(out x, in _table[2 * step * Entries], 2, Entries, index);
        LaneElement.Select(out y, in _table[(2 * step * Entries) + 1], 2, Entries, index);
        y.NegateIf(negative);
    }

    private void Store(int step, int i, AffinePoint[] p)
    {
        var x = LaneElement.Create(p[0].X, p[1].X, p[2].X, p[3].X);
        var y = LaneElement.Create(p[0].Y, p[1].Y, p[2].Y, p[3].Y);
        (_table[2 * ((step * Entries) + i)], _table[(2 * ((step * Entries) + i)) + 1]) = (x, y);
    }
}
