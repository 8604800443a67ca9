using NuCypher.P2P.Umbral.Curve;

namespace NuCypher.P2P.Umbral;

/// <summary>Reads the points of an encoding, which stand at fixed offsets.</summary>
internal static class PointReader
{
    /// <summary>Reads a compressed point at each offset, in order; the first bad one gives the verdict.</summary>
    public static ReadVerdict Read(ReadOnlySpan<byte> bytes, ReadOnlySpan<int> offsets, Span<AffinePoint> points)
    {
        for (var i = 0; i < offsets.Length; i++)
        {
            var verdict = AffinePoint.ReadCompressed(bytes.Slice(offsets[i], AffinePoint.CompressedSize), out points[i]);
            if (verdict != ReadVerdict.Ok)
                return verdict;
        }
        return ReadVerdict.Ok;
    }
}
