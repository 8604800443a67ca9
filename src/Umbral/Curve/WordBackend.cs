using System.Runtime.CompilerServices;

namespace NuCypher.P2P.Umbral.Curve;

/// <summary>The reference backend: 64-bit words, one multiplication at a time, on any machine.</summary>
internal sealed class WordBackend : CurveBackend
{
    private const int TableSize = 16;
    private const int Width = 5;

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
        Span<AffinePoint> table = stackalloc AffinePoint[TableSize];
        Span<AffinePoint> mapped = stackalloc AffinePoint[TableSize];
        OddMultiples.Fill(p, table, out var z);
        OddMultiples.FillEndomorphism(table, mapped);
        result = Sum(table, mapped, [k]);
        FieldProduct.Multiply(out result.Z, result.Z, z);
    }

    /// <inheritdoc/>
    [SkipLocalsInit]
    public override void MultiplyPairs(
        in AffinePoint p, in AffinePoint q, in Scalar k, in Scalar l, Span<JacobianPoint> results)
    {
        Span<AffinePoint> table = stackalloc AffinePoint[TableSize];
        Span<AffinePoint> mapped = stackalloc AffinePoint[TableSize];
        for (var i = 0; i < 2; i++)
        {
            OddMultiples.Fill(JacobianPoint.From(i == 0 ? p : q), table, out var z);
            OddMultiples.FillEndomorphism(table, mapped);
            results[i] = Sum(table, mapped, [k]);
            results[i + 2] = Sum(table, mapped, [l]);
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
    public override void SumVarTime(
        in Scalar g, in Scalar u, ReadOnlySpan<AffinePoint> p, ReadOnlySpan<Scalar> k, out JacobianPoint sum) =>
        StraussSum.VarTime(g, u, p, k, out sum);

    private static void MultiplyFixed(FixedBase generator, in Scalar k, out JacobianPoint result)
    {
        Span<byte> digits = stackalloc byte[SignedDigits.CombCount];
        SignedDigits.ReadComb(k, digits);
        result = default;
        for (var i = 0; i < digits.Length; i++)
        {
            ConstantTimeTable.Select(out var entry, generator.Comb(i), digits[i]);
            JacobianPoint.Add(ref result, entry);
        }
        digits.Clear();
    }

    private static void Sum(ReadOnlySpan<AffinePoint> p, ReadOnlySpan<Scalar> k, out JacobianPoint sum)
    {
        var table = new AffinePoint[p.Length * TableSize];
        var mapped = new AffinePoint[table.Length];
        StraussSum.FillTables(p, TableSize, table, mapped);
        sum = Sum(table, mapped, k);
    }

    /// <summary>Σ kᵢ·Pᵢ from tables of 16 odd multiples of each Pᵢ and λ·Pᵢ, all on the same isomorphic curve.</summary>
    private static JacobianPoint Sum(
        ReadOnlySpan<AffinePoint> table, ReadOnlySpan<AffinePoint> mapped, ReadOnlySpan<Scalar> k)
    {
        const int Count = SignedDigits.HalfCount;
        var digits = k.Length == 1 ? stackalloc byte[2 * Count] : new byte[2 * Count * k.Length];
        for (var j = 0; j < k.Length; j++)
            SignedDigits.ReadHalves(k[j], digits[(2 * j * Count)..], digits[(((2 * j) + 1) * Count)..]);
        var sum = default(JacobianPoint);
        for (var i = Count - 1; i >= 0; i--)
        {
            for (var d = 0; d < Width; d++)
                JacobianPoint.Double(out sum, sum);
            for (var j = 0; j < k.Length; j++)
            {
                ConstantTimeTable.Select(out var entry, table.Slice(j * TableSize, TableSize), digits[(2 * j * Count) + i]);
                JacobianPoint.Add(ref sum, entry);
                ConstantTimeTable.Select(out entry, mapped.Slice(j * TableSize, TableSize), digits[(((2 * j) + 1) * Count) + i]);
                JacobianPoint.Add(ref sum, entry);
            }
        }
        digits.Clear();
        return sum;
    }
}
