using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace NuCypher.P2P.Umbral.Curve;

/// <summary>Brings points to affine coordinates, any number of them with one field inversion. Constant-time.</summary>
internal static class Affine
{
    private const int MaxOnStack = 64;

    /// <summary>Normalises one point that is not the identity.</summary>
    public static AffinePoint From(in JacobianPoint point)
    {
        FieldInverse.Invert(out var inverse, point.Z);
        Scale(out var r, point, inverse);
        return r;
    }

    /// <summary>Normalises points; for an identity the result is no point, and the others are right.</summary>
    [SkipLocalsInit]
    public static void From(ReadOnlySpan<JacobianPoint> points, Span<AffinePoint> results)
    {
        Debug.Assert(points.Length == results.Length);
        var inverses = points.Length <= MaxOnStack
            ? stackalloc FieldElement[points.Length]
            : new FieldElement[points.Length];
        for (var i = 0; i < points.Length; i++)
        {
            inverses[i] = points[i].Z;
            inverses[i].TakeIf(FieldElement.One, points[i].Z.IsZeroMask());
        }
        Invert(inverses);
        for (var i = 0; i < points.Length; i++)
            Scale(out results[i], points[i], inverses[i]);
    }

    /// <summary>Replaces elements that are not zero by their inverses. Source: Montgomery's trick.</summary>
    [SkipLocalsInit]
    public static void Invert(Span<FieldElement> elements)
    {
        if (elements.IsEmpty)
            return;
        var prefixes = elements.Length <= MaxOnStack
            ? stackalloc FieldElement[elements.Length]
            : new FieldElement[elements.Length];
        prefixes[0] = elements[0];
        for (var i = 1; i < elements.Length; i++)
            FieldProduct.Multiply(out prefixes[i], prefixes[i - 1], elements[i]);
        FieldInverse.Invert(out var inverse, prefixes[^1]);
        for (var i = elements.Length - 1; i > 0; i--)
        {
            FieldProduct.Multiply(out var next, inverse, elements[i]);
            FieldProduct.Multiply(out elements[i], inverse, prefixes[i - 1]);
            inverse = next;
        }
        elements[0] = inverse;
    }

    private static void Scale(out AffinePoint r, in JacobianPoint point, in FieldElement inverse)
    {
        FieldProduct.Square(out var square, inverse);
        FieldProduct.Multiply(out r.X, point.X, square);
        FieldProduct.Multiply(out square, square, inverse);
        FieldProduct.Multiply(out r.Y, point.Y, square);
        r.X.Normalize();
        r.Y.Normalize();
    }
}
