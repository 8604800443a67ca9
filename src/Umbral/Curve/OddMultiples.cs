using System.Runtime.CompilerServices;

namespace NuCypher.P2P.Umbral.Curve;

/// <summary>Tables P, 3P, 5P, … for windowed multiplication.</summary>
internal static class OddMultiples
{
    private const int MaxPointsOnStack = 16;

    /// <summary>Fills a table whose points all have the returned Z: affine on a curve isomorphic to ours.</summary>
    /// <remarks>
    /// Scaled by the Z of 2P, that point is affine, so that every step is a mixed addition. Small odd multiples never
    /// meet an exceptional case, so that the additions take the same time whatever P is.
    /// </remarks>
    [SkipLocalsInit]
    public static void Fill(in JacobianPoint p, Span<AffinePoint> table, out FieldElement z)
    {
        JacobianPoint.Double(out var twice, p);
        var step = new AffinePoint { X = twice.X, Y = twice.Y };
        FieldProduct.Square(out var zz, twice.Z);
        FieldProduct.Multiply(out var zzz, zz, twice.Z);
        JacobianPoint current;
        FieldProduct.Multiply(out current.X, p.X, zz);
        FieldProduct.Multiply(out current.Y, p.Y, zzz);
        current.Z = p.Z;

        Span<FieldElement> ratios = stackalloc FieldElement[table.Length];
        table[0] = new AffinePoint { X = current.X, Y = current.Y };
        for (var i = 1; i < table.Length; i++)
        {
            JacobianPoint.AddVarTime(ref current, step, out ratios[i]);
            table[i] = new AffinePoint { X = current.X, Y = current.Y };
        }
        FieldProduct.Multiply(out z, current.Z, twice.Z);
        Align(table, ratios);
    }

    /// <summary>The same table for λP: x times β, y as it is.</summary>
    public static void FillEndomorphism(ReadOnlySpan<AffinePoint> table, Span<AffinePoint> mapped)
    {
        for (var i = 0; i < table.Length; i++)
        {
            FieldProduct.Multiply(out mapped[i].X, table[i].X, AffinePoint.Beta);
            mapped[i].Y = table[i].Y;
        }
    }

    /// <summary>For each point affine odd multiples, then those of λ times it, with one inversion for all.</summary>
    [SkipLocalsInit]
    public static void FillAffine(ReadOnlySpan<AffinePoint> p, int size, Span<AffinePoint> tables)
    {
        var z = p.Length <= MaxPointsOnStack ? stackalloc FieldElement[p.Length] : new FieldElement[p.Length];
        for (var j = 0; j < p.Length; j++)
            Fill(JacobianPoint.From(p[j]), tables.Slice(2 * j * size, size), out z[j]);
        Affine.Invert(z);
        for (var j = 0; j < p.Length; j++)
        {
            var table = tables.Slice(2 * j * size, size);
            Rescale(table, z[j]);
            FillEndomorphism(table, tables.Slice(((2 * j) + 1) * size, size));
        }
    }

    /// <summary>Multiplies x by factor², y by factor³: moves a table to another isomorphic curve.</summary>
    public static void Rescale(Span<AffinePoint> table, in FieldElement factor)
    {
        FieldProduct.Square(out var square, factor);
        FieldProduct.Multiply(out var cube, square, factor);
        for (var i = 0; i < table.Length; i++)
        {
            FieldProduct.Multiply(out table[i].X, table[i].X, square);
            FieldProduct.Multiply(out table[i].Y, table[i].Y, cube);
        }
    }

    private static void Align(Span<AffinePoint> table, ReadOnlySpan<FieldElement> ratios)
    {
        var factor = FieldElement.One;
        for (var i = table.Length - 2; i >= 0; i--)
        {
            FieldProduct.Multiply(out factor, factor, ratios[i + 1]);
            Rescale(table.Slice(i, 1), factor);
        }
    }
}
