using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NuCypher.P2P.Umbral.Curve.Lanes;

/// <summary>The backend of machines with AVX-512 DQ and VL: four multiplications modulo p at once.</summary>
internal sealed class LaneBackend : CurveBackend
{
    private const int TableSize = LaneSum.TableSize;
    private const int DigitCount = LaneSum.DigitCount;

    /// <summary>Up to so many public terms, one sum across the lanes beats four side by side.</summary>
    private const int MaxRowTerms = 10;

    /// <summary>Pairs whose tables go on the stack.</summary>
    private const int MaxPairsOnStack = 8;

    /// <summary>Whether this machine has what the backend needs.</summary>
    public static bool IsSupported => Avx512DQ.VL.IsSupported && Fma.IsSupported;

    /// <inheritdoc/>
    public override void MultiplyFixed(FixedBase generator, ReadOnlySpan<Scalar> k, Span<JacobianPoint> results)
    {
        var comb = CombOf(generator);
        for (var i = 0; i < k.Length; i++)
            results[i] = comb.Multiply(k[i]);
    }

    /// <inheritdoc/>
    [SkipLocalsInit]
    public override void Multiply(in JacobianPoint p, in Scalar k, out JacobianPoint result)
    {
        Span<RowPoint> tables = stackalloc RowPoint[2 * TableSize];
        Span<byte> digits = stackalloc byte[2 * DigitCount];
        RowSum.FillTables(RowPoint.From(p), tables[..TableSize], tables[TableSize..]);
        SignedDigits.ReadHalves(k, digits, digits[DigitCount..]);
        result = RowSum.Run(tables, digits).ToJacobian();
        digits.Clear();
    }

    /// <inheritdoc/>
    [SkipLocalsInit]
    public override void MultiplyPairs(
        in AffinePoint p, in AffinePoint q, in Scalar k, in Scalar l, Span<JacobianPoint> results)
    {
        Span<LanePoint> tables = stackalloc LanePoint[2 * TableSize];
        Span<Vector256<long>> digits = stackalloc Vector256<long>[2 * DigitCount];
        FillGroup([p, q, p, q], [k, k, l, l], tables, digits);
        var products = LaneSum.Run(tables, digits);
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
        var onStack = p.Length <= MaxPairsOnStack;
        var tables = onStack ? stackalloc LanePoint[p.Length * TableSize] : new LanePoint[p.Length * TableSize];
        var digits = onStack ? stackalloc Vector256<long>[p.Length * DigitCount] : new Vector256<long>[p.Length * DigitCount];
        Span<byte> halves = stackalloc byte[2 * DigitCount];
        for (var j = 0; j < p.Length; j++)
        {
            var points = LanePoint.From(p[j], Mapped(p[j]), q[j], Mapped(q[j]));
            LaneSum.FillTable(points, tables.Slice(j * TableSize, TableSize));
            SignedDigits.ReadHalves(k[j], halves, halves[DigitCount..]);
            LaneSum.SetDigits(
                digits[(j * DigitCount)..], halves, halves[DigitCount..], halves, halves[DigitCount..]);
        }
        LaneSum.Run(tables, digits).SumHalves(out sumP, out sumQ);
        halves.Clear();
        digits.Clear();
    }

    /// <inheritdoc/>
    protected override void SumTermsVarTime(
        in Scalar g, in Scalar u, ReadOnlySpan<AffinePoint> p, ReadOnlySpan<Scalar> k, out JacobianPoint sum)
    {
        var beside = p.Length > MaxRowTerms;
        sum = RowSum.VarTime(g, u, beside ? default : p, beside ? default : k);
        if (beside)
            JacobianPoint.AddVarTime(ref sum, LaneStrauss.VarTime(p, k));
    }

    /// <inheritdoc/>
    public override void SquareRoots(ReadOnlySpan<FieldElement> squares, Span<FieldElement> roots)
    {
        for (var i = 0; i < squares.Length; i += 4)
        {
            var last = squares.Length - 1;
            var four = LaneElement.Create(
                squares[i], squares[Math.Min(i + 1, last)], squares[Math.Min(i + 2, last)], squares[Math.Min(i + 3, last)]);
            LanePower.SquareRoot(out four, four);
            for (var lane = 0; lane < 4 && i + lane <= last; lane++)
                roots[i + lane] = four[lane];
        }
    }

    private static LaneComb CombOf(FixedBase generator) => generator == FixedBase.G ? LaneComb.G : LaneComb.U;

    private static AffinePoint Mapped(in AffinePoint p)
    {
        var r = p;
        FieldProduct.Multiply(out r.X, p.X, AffinePoint.Beta);
        return r;
    }

    /// <summary>The tables and digits of four multiples.</summary>
    private static void FillGroup(
        ReadOnlySpan<AffinePoint> p, ReadOnlySpan<Scalar> k, Span<LanePoint> tables, Span<Vector256<long>> digits)
    {
        LaneSum.FillTable(LanePoint.From(p[0], p[1], p[2], p[3]), tables);
        LaneSum.FillEndomorphism(tables, tables[TableSize..]);
        Span<byte> halves = stackalloc byte[8 * DigitCount];
        for (var i = 0; i < 4; i++)
            SignedDigits.ReadHalves(k[i], halves[(i * DigitCount)..], halves[((4 + i) * DigitCount)..]);
        for (var h = 0; h < 2; h++)
        {
            var half = halves[(4 * h * DigitCount)..];
            LaneSum.SetDigits(
                digits[(h * DigitCount)..], half, half[DigitCount..], half[(2 * DigitCount)..], half[(3 * DigitCount)..]);
        }
        halves.Clear();
    }
}
