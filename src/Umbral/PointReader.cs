using NuCypher.P2P.Umbral.Curve;

namespace NuCypher.P2P.Umbral;

/// <summary>Reads the points of an encoding, which stand at fixed offsets, and finds their roots together.</summary>
internal static class PointReader
{
    /// <summary>Reads a compressed point at each offset, in order; the first bad one gives the verdict.</summary>
    public static ReadVerdict Read(ReadOnlySpan<byte> bytes, ReadOnlySpan<int> offsets, Span<AffinePoint> points)
    {
        var (count, verdict) = (0, ReadVerdict.Ok);
        for (; count < offsets.Length && verdict == ReadVerdict.Ok; count++)
            verdict = AffinePoint.ReadX(bytes.Slice(offsets[count], AffinePoint.CompressedSize), out points[count]);
        if (verdict != ReadVerdict.Ok)
            count--;
        return TrySolve(bytes, offsets[..count], points) ? verdict : ReadVerdict.PointNotOnCurve;
    }

    private static bool TrySolve(ReadOnlySpan<byte> bytes, ReadOnlySpan<int> offsets, Span<AffinePoint> points)
    {
        Span<FieldElement> squares = stackalloc FieldElement[offsets.Length];
        Span<FieldElement> roots = stackalloc FieldElement[offsets.Length];
        for (var i = 0; i < offsets.Length; i++)
            AffinePoint.RightHandSide(out squares[i], points[i].X);
        CurveBackend.Current.SquareRoots(squares, roots);
        var solved = true;
        for (var i = 0; i < offsets.Length; i++)
            solved &= points[i].TryTakeRoot(roots[i], squares[i], bytes[offsets[i]]);
        return solved;
    }
}
