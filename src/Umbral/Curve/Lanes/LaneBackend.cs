using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NuCypher.P2P.Umbral.Curve.Lanes;

/// <summary>The backend of machines with AVX-512 F and DQ: eight multiplications modulo p at once.</summary>
internal sealed class LaneBackend : CurveBackend
{
    private const int LaneCount = 8;
    private const int TableSize = LaneSum.TableSize;
    private const int DigitCount = LaneSum.DigitCount;

    /// <summary>From so many scalars on, eight combs side by side beat windows in lanes.</summary>
    private const int MinCombs = 5;

    /// <summary>From so many multiples of one point on, its tables are worth their making.</summary>
    private const int MinPrepared = 5;

    /// <summary>Groups of terms whose tables go on the stack.</summary>
    private const int MaxGroupsOnStack = 4;

    /// <summary>Whether this machine has what the backend needs.</summary>
    public static bool IsSupported => Avx512DQ.IsSupported;

    /// <inheritdoc/>
    protected override int MaxTerms => 256;

    /// <inheritdoc/>
    public override void MultiplyFixed(FixedBase generator, ReadOnlySpan<Scalar> k, Span<JacobianPoint> results)
    {
        var i = 0;
        for (; k.Length - i >= MinCombs; i += Math.Min(LaneCount, k.Length - i))
            LaneComb.Multiply(generator, k.Slice(i, Math.Min(LaneCount, k.Length - i)), results[i..]);
        if (i < k.Length)
            LaneComb.MultiplyFew(generator, k[i..], results[i..]);
    }

    /// <inheritdoc/>
    public override void Multiply(in JacobianPoint p, in Scalar k, out JacobianPoint result) =>
        result = RowSum.Multiply(RowPoint.From(p), k);

    /// <inheritdoc/>
    [SkipLocalsInit]
    public override void MultiplyPairs(
        in AffinePoint p, in AffinePoint q, in Scalar k, in Scalar l, Span<JacobianPoint> results)
    {
        Span<LanePoint> table = stackalloc LanePoint[TableSize];
        Span<Vector512<long>> digits = stackalloc Vector512<long>[DigitCount];
        LaneSum.FillTable(LanePoint.From([p, q, p, q, p, q, p, q]), table);
        LaneSum.SetDigits(digits, k, k, l, l);
        var products = LaneSum.Run(table, digits);
        LanePoint.AddMappedHalf(ref products);
        for (var i = 0; i < 4; i++)
            results[i] = products[i];
        digits.Clear();
    }

    /// <inheritdoc/>
    [SkipLocalsInit]
    public override void SumPairs(
        ReadOnlySpan<AffinePoint> p, ReadOnlySpan<AffinePoint> q, ReadOnlySpan<Scalar> k,
        out JacobianPoint sumP, out JacobianPoint sumQ)
    {
        var groups = (p.Length + 1) / 2;
        var onStack = groups <= MaxGroupsOnStack;
        var tables = onStack ? stackalloc LanePoint[groups * TableSize] : new LanePoint[groups * TableSize];
        var digits = onStack
            ? stackalloc Vector512<long>[groups * DigitCount]
            : new Vector512<long>[groups * DigitCount];
        for (var i = 0; i < groups; i++)
        {
            var (first, second) = (2 * i, Math.Min((2 * i) + 1, p.Length - 1));
            var points = LanePoint.From(
            [
                p[first], q[first], p[second], q[second],
                p[first], q[first], p[second], q[second],
            ]);
            if (first == second)
                points.TakeIf(LanePoint.Identity, Vector512.Create(0L, 0, -1, -1, 0, 0, -1, -1));
            LaneSum.FillTable(points, tables.Slice(i * TableSize, TableSize));
            LaneSum.SetDigits(digits.Slice(i * DigitCount, DigitCount), k[first], k[first], k[second], k[second]);
        }
        var sums = LaneSum.Run(tables, digits);
        LanePoint.AddMappedHalf(ref sums);
        LanePoint.AddPermuted(ref sums, 0b01_00_11_10);
        (sumP, sumQ) = (sums[0], sums[1]);
        digits.Clear();
    }

    /// <inheritdoc/>
    public override PreparedPoint Prepare(in AffinePoint p) => new LanePreparedPoint(p);

    /// <inheritdoc/>
    public override void SumEachVarTime(
        in AffinePoint p, ReadOnlySpan<Scalar> g, ReadOnlySpan<Scalar> k, Span<JacobianPoint> sums)
    {
        var prepared = g.Length >= MinPrepared ? Prepare(p) : null;
        for (var i = 0; i < g.Length; i++)
        {
            if (prepared is not null)
                prepared.SumVarTime(g[i], k[i], out sums[i]);
            else if (i + 1 == g.Length)
                SumVarTime(g[i], default, [p], k[i..], out sums[i]);
            else
                SumPairVarTime(p, g.Slice(i, 2), k.Slice(i++, 2), sums[(i - 1)..]);
        }
    }

    /// <inheritdoc/>
    public override void SquareRoots(ReadOnlySpan<FieldElement> squares, Span<FieldElement> roots)
    {
        Span<FieldElement> eight = stackalloc FieldElement[LaneCount];
        for (var i = 0; i < squares.Length; i += LaneCount)
        {
            var count = Math.Min(LaneCount, squares.Length - i);
            eight.Clear();
            squares.Slice(i, count).CopyTo(eight);
            LanePower.SquareRoot(out var root, LaneElement.Create(eight));
            for (var lane = 0; lane < count; lane++)
                roots[i + lane] = root[lane];
        }
    }

    /// <inheritdoc/>
    protected override void SumTermsVarTime(
        in Scalar g, in Scalar u, ReadOnlySpan<AffinePoint> p, ReadOnlySpan<Scalar> k, out JacobianPoint sum)
    {
        var total = p.Length == 1 ? RowSum.MultiplyVarTime(p[0], k[0]) : WindowSum.VarTime(p, k);
        if (!g.IsZero || !u.IsZero)
            RowPoint.Add(ref total, RowPoint.From([LaneComb.SumVarTime(g, u)], 0, 0));
        sum = total.First;
    }

    private static void SumPairVarTime(
        in AffinePoint p, ReadOnlySpan<Scalar> g, ReadOnlySpan<Scalar> k, Span<JacobianPoint> sums)
    {
        var both = RowSum.MultiplyPairVarTime(p, k[0], k[1]);
        RowPoint.Add(ref both, RowPoint.From([LaneComb.MultiplyPairVarTime(g[0], g[1])], 0, 4));
        (sums[0], sums[1]) = (both.First, both.Second);
    }
}
