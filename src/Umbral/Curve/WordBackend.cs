using System.Runtime.CompilerServices;

namespace NuCypher.P2P.Umbral.Curve;

/// <summary>The reference backend: 64-bit words, one multiplication at a time, on any machine.</summary>
internal sealed class WordBackend : CurveBackend
{
    private const int TableSize = 16;
    private const int Width = 5;
    private const int MaxTermsOnStack = 8;

    /// <summary>From so many multiples of one point on, its tables are worth their making.</summary>
    private const int MinPrepared = 3;

    /// <inheritdoc/>
    protected override int MaxTerms => 32;

    /// <inheritdoc/>
    public override void MultiplyFixed(FixedBase generator, ReadOnlySpan<Scalar> k, Span<JacobianPoint> results)
    {
        for (var i = 0; i < k.Length; i++)
            MultiplyFixed(generator, k[i], out results[i]);
    }

    /// <inheritdoc/>
    [SkipLocalsInit]
    public override void Multiply(in JacobianPoint p, in Scalar k, out JacobianPoint result)
    {
        Span<AffinePoint> tables = stackalloc AffinePoint[2 * TableSize];
        OddMultiples.Fill(p, tables[..TableSize], out var z);
        OddMultiples.FillEndomorphism(tables[..TableSize], tables[TableSize..]);
        result = Sum(tables, [k]);
        FieldProduct.Multiply(out result.Z, result.Z, z);
    }

    /// <inheritdoc/>
    [SkipLocalsInit]
    public override void MultiplyPairs(
        in AffinePoint p, in AffinePoint q, in Scalar k, in Scalar l, Span<JacobianPoint> results)
    {
        Span<AffinePoint> tables = stackalloc AffinePoint[2 * TableSize];
        for (var i = 0; i < 2; i++)
        {
            OddMultiples.Fill(JacobianPoint.From(i == 0 ? p : q), tables[..TableSize], out var z);
            OddMultiples.FillEndomorphism(tables[..TableSize], tables[TableSize..]);
            results[i] = Sum(tables, [k]);
            results[i + 2] = Sum(tables, [l]);
            FieldProduct.Multiply(out results[i].Z, results[i].Z, z);
            FieldProduct.Multiply(out results[i + 2].Z, results[i + 2].Z, z);
        }
    }

    /// <inheritdoc/>
    public override void SumPairs(
        ReadOnlySpan<AffinePoint> p, ReadOnlySpan<AffinePoint> q, ReadOnlySpan<Scalar> k,
        out JacobianPoint sumP, out JacobianPoint sumQ)
    {
        Sum(p, k, out sumP);
        Sum(q, k, out sumQ);
    }

    /// <inheritdoc/>
    [SkipLocalsInit]
    protected override void SumTermsVarTime(
        in Scalar g, in Scalar u, ReadOnlySpan<AffinePoint> p, ReadOnlySpan<Scalar> k, out JacobianPoint sum)
    {
        const int Size = StraussSum.TableSize;
        Span<AffinePoint> tables = stackalloc AffinePoint[p.Length * 2 * Size];
        OddMultiples.FillAffine(p, Size, tables);
        sum = StraussSum.VarTime(g, u, FixedBase.G.Wide, FixedBase.U.Wide, k, tables);
    }

    /// <inheritdoc/>
    public override PreparedPoint Prepare(in AffinePoint p) => new WordPreparedPoint(p);

    /// <inheritdoc/>
    public override void SumEachVarTime(
        in AffinePoint p, ReadOnlySpan<Scalar> g, ReadOnlySpan<Scalar> k, Span<JacobianPoint> sums)
    {
        var prepared = g.Length >= MinPrepared ? Prepare(p) : null;
        for (var i = 0; i < g.Length; i++)
        {
            if (prepared is not null)
                prepared.SumVarTime(g[i], k[i], out sums[i]);
            else
                SumVarTime(g[i], default, [p], k.Slice(i, 1), out sums[i]);
        }
    }

    /// <inheritdoc/>
    public override void SquareRoots(ReadOnlySpan<FieldElement> squares, Span<FieldElement> roots)
    {
        for (var i = 0; i < squares.Length; i++)
            FieldPower.SquareRoot(out roots[i], squares[i]);
    }

    private static void MultiplyFixed(FixedBase generator, in Scalar k, out JacobianPoint result)
    {
        Span<byte> digits = stackalloc byte[SignedDigits.CombCount];
        SignedDigits.ReadComb(k, digits);
        ConstantTimeTable.Select(out var entry, generator.Comb(0), digits[0]);
        result = JacobianPoint.From(entry);
        for (var i = 1; i < digits.Length; i++)
        {
            ConstantTimeTable.Select(out entry, generator.Comb(i), digits[i]);
            JacobianPoint.Add(ref result, entry);
        }
        digits.Clear();
    }

    [SkipLocalsInit]
    private static void Sum(ReadOnlySpan<AffinePoint> p, ReadOnlySpan<Scalar> k, out JacobianPoint sum)
    {
        var tables = p.Length <= MaxTermsOnStack
            ? stackalloc AffinePoint[MaxTermsOnStack * 2 * TableSize]
            : new AffinePoint[p.Length * 2 * TableSize];
        OddMultiples.FillAffine(p, TableSize, tables);
        sum = Sum(tables, k);
    }

    /// <summary>
    /// Σ kᵢ·Pᵢ from tables of 16 odd multiples of each Pᵢ and λ·Pᵢ, all on the same isomorphic curve.
    /// </summary>
    private static JacobianPoint Sum(ReadOnlySpan<AffinePoint> tables, ReadOnlySpan<Scalar> k)
    {
        const int Count = SignedDigits.HalfCount;
        var digits = k.Length <= MaxTermsOnStack
            ? stackalloc byte[MaxTermsOnStack * 2 * Count]
            : new byte[k.Length * 2 * Count];
        for (var j = 0; j < k.Length; j++)
            SignedDigits.ReadHalves(k[j], digits[(2 * j * Count)..], digits[(((2 * j) + 1) * Count)..]);
        var sum = default(JacobianPoint);
        for (var i = Count - 1; i >= 0; i--)
        {
            for (var d = 0; d < Width && i < Count - 1; d++)
                JacobianPoint.Double(out sum, sum);
            for (var t = 0; t < 2 * k.Length; t++)
            {
                ConstantTimeTable.Select(
                    out var entry, tables.Slice(t * TableSize, TableSize), digits[(t * Count) + i]);
                if (i == Count - 1 && t == 0)
                    sum = JacobianPoint.From(entry);
                else
                    JacobianPoint.Add(ref sum, entry);
            }
        }
        digits.Clear();
        return sum;
    }
}
