using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NuCypher.P2P.Umbral.Curve.Lanes;

/// <summary>The windows of a point's multiples in lanes: nothing is doubled any more.</summary>
internal sealed class LanePreparedPoint : PreparedPoint
{
    private const int Lanes = 8;
    private const int Windows = SignedDigits.HalfCount;
    private const int Groups = (Windows + Lanes - 1) / Lanes;

    private readonly Vector512<long>[] _tables =
        GC.AllocateUninitializedArray<Vector512<long>>(Groups * Lanes * LaneTables.Size);

    /// <summary>Makes the tables of 2⁵ⁱ·P.</summary>
    public LanePreparedPoint(in AffinePoint p)
    {
        Span<RowPoint> windows = stackalloc RowPoint[Lanes];
        var current = RowPoint.From(JacobianPoint.From(p));
        for (var group = 0; group < Groups; group++)
        {
            for (var i = 0; i < Lanes; i++)
            {
                windows[i] = current;
                RowPoint.Double(ref current, LaneTables.Width);
            }
            LaneTables.Fill(LanePoint.From(windows), _tables.AsSpan(group * Lanes * LaneTables.Size));
        }
    }

    /// <inheritdoc/>
    [SkipLocalsInit]
    public override void SumVarTime(in Scalar g, in Scalar k, out JacobianPoint sum)
    {
        Span<sbyte> digits = stackalloc sbyte[2 * Groups * Lanes];
        digits.Clear();
        LaneTables.Recode(k, digits, digits[(Groups * Lanes)..]);
        var total = Sum(digits[(Groups * Lanes)..]);
        total = total.Mapped();
        LanePoint.Add(ref total, Sum(digits));
        LaneComb.AddVarTime(ref total, FixedBase.G, [g]);
        sum = total.SumLanes();
    }

    private LanePoint Sum(ReadOnlySpan<sbyte> digits)
    {
        LaneTables.Gather(out var sum, _tables, LaneTables.Size, digits);
        for (var group = 1; group < Groups; group++)
        {
            LaneTables.Gather(
                out var entry, _tables.AsSpan(group * Lanes * LaneTables.Size), LaneTables.Size,
                digits.Slice(group * Lanes, Lanes));
            LanePoint.Add(ref sum, entry);
        }
        return sum;
    }
}
